import { DomainError } from '@riparo/shared/errors/domain-error';
import type { InternalClient } from '@riparo/shared/http/internal-client';
import type { Attachment } from '../channel/channel.js';
import type { Notification } from '../notification/notification.js';

/** What comes with a mail, and what its text says of that. */
export interface Enclosed {
  readonly notification: Notification;
  readonly attachment?: Attachment;
}

/** Fetches what comes with a mail. Throws what may pass: then the mail waits, and is tried again. */
export type Enclose = (tenantId: string, notification: Notification) => Promise<Enclosed>;

/** Many mail servers take no more than 10 MB, and a mail is a third longer than what it carries. */
export const MAX_ATTACHED = 5 * 1024 * 1024;

interface ReportFile {
  readonly fileId: string;
  readonly fileName: string;
  readonly fileSize: number;
}

/** Only events name files. A text that somebody raises by hand brings none. */
const fileOf = ({ cause, content }: Notification): ReportFile | undefined => {
  if (cause === undefined || content.kind !== 'template') return undefined;
  const { fileId, fileName, fileSize } = content.data;
  if (typeof fileId !== 'string' || typeof fileName !== 'string' || typeof fileSize !== 'number') return undefined;
  return { fileId, fileName, fileSize };
};

const saying = (notification: Notification, what: 'attached' | 'gone' | 'tooLarge'): Notification => {
  const { content } = notification;
  return content.kind === 'template' ? { ...notification, content: { ...content, data: { ...content.data, [what]: true } } } : notification;
};

export const createEnclose = ({ reports }: { readonly reports: InternalClient }): Enclose => {
  const fetchFile = async (tenantId: string, fileId: string): Promise<Pick<Attachment, 'contentType' | 'content'> | undefined> => {
    try {
      const path = `/internal/reports/files/${fileId}?tenantId=${encodeURIComponent(tenantId)}`;
      const { contentType, content } = await reports.get<{ contentType: string; content: string }>(path);
      return { contentType, content: Buffer.from(content, 'base64') };
    } catch (error) {
      if (error instanceof DomainError && error.kind === 'not-found') return undefined;
      throw error;
    }
  };
  return async (tenantId, notification) => {
    const named = fileOf(notification);
    if (named === undefined) return { notification };
    if (named.fileSize > MAX_ATTACHED) return { notification: saying(notification, 'tooLarge') };
    const file = await fetchFile(tenantId, named.fileId);
    if (file === undefined) return { notification: saying(notification, 'gone') };
    return { notification: saying(notification, 'attached'), attachment: { ...file, fileName: named.fileName } };
  };
};
