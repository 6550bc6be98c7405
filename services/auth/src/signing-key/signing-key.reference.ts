import { fields, listOf, plain, view } from '@riparo/shared/http/reference/answer';
import { text } from '@riparo/shared/http/reference/answer-fields';
import { operations, type Tag } from '@riparo/shared/http/route';

const SIGNING_KEY_TAG: Tag = { name: 'Keys', about: 'Public keys, for programs that verify access tokens themselves.' };

const keySet = view('KeySet', 'A JSON Web Key Set (RFC 7517).', {
  keys: listOf(fields({ kty: text(), n: text(), e: text(), kid: text(), use: text(), alg: text() })),
});

export const SIGNING_KEY_OPERATIONS = operations(SIGNING_KEY_TAG, {
  getJwks: { answer: plain(keySet), headers: { 'Cache-Control': 'For how long the keys may be kept.' } },
});
