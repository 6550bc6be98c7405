import type { AttachedFile } from './attachment/attachment.js';
import { compact } from '@riparo/shared/json/compact';
import type { Entry } from './stamp.js';

/** A text with its files. */
export interface Message {
  readonly body: string;
  readonly files?: readonly AttachedFile[];
}

export const messageEntry = ({ body, files = [] }: Message): Entry => ({
  type: 'COMMENT',
  body,
  ...(files.length === 0 ? {} : { attachments: files }),
});

/** `staffMetadata` holds why the technician got the ticket or repair. */
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

/** Old and new value by the name of the field. `from` is missing when the field was empty before; `to` is missing when it is empty now. */
export type Changes = Readonly<Record<string, { readonly from?: unknown; readonly to?: unknown }>>;

/** The entry for changed fields; none when nothing changed. */
export const changedEntry = (changes: Changes, isInternal: boolean): readonly Entry[] => {
  const names = Object.keys(changes);
  return names.length === 0 ? [] : [{ type: 'SYSTEM', isInternal, body: `Changed: ${names.join(', ')}`, metadata: { changes } }];
};
