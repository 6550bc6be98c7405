import type { CannedReply } from './canned-reply.js';

export const viewCannedReply = ({ list: _list, titleKey: _key, words: _words, ...shown }: CannedReply) => shown;
