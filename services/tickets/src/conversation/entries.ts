import type { AttachedFile } from './attachment/attachment.js';
import { compact } from '@riparo/shared/json/compact';
import type { Entry } from './stamp.js';

/** What somebody says, and the files that go with it. */
export interface Message {
  readonly body: string;
  readonly files?: readonly AttachedFile[];
}

export const messageEntry = ({ body, files = [] }: Message): Entry => ({
  type: 'COMMENT',
  body,
  ...(files.length === 0 ? {} : { attachments: files }),
});

/** `staffMetadata`: why it was given to them. */
export const assignmentEntry = (
  from: string | undefined,
  to: string | undefined,
  staffMetadata: Readonly<Record<string, unknown>>,
): Entry => ({
  type: 'ASSIGNMENT',
  body: to === undefined ? 'Back in the queue' : from === undefined ? 'Assigned to a technician' : 'Handed to another technician',
  metadata: compact({ from, to }),
  ...(Object.keys(staffMetadata).length === 0 ? {} : { staffMetadata }),
});

/** Before and after, by the name of the field; what was not there before, or is not any more, is left out. */
export type Changes = Readonly<Record<string, { readonly from?: unknown; readonly to?: unknown }>>;

/** Nothing when nothing was changed. */
export const changedEntry = (changes: Changes, isInternal: boolean): readonly Entry[] => {
  const names = Object.keys(changes);
  return names.length === 0 ? [] : [{ type: 'SYSTEM', isInternal, body: `Changed: ${names.join(', ')}`, metadata: { changes } }];
};
