import { join } from 'node:path';
import { toSigningKey } from '@riparo/auth/signing-key/signing-key';
import { createPasswordVault } from '@riparo/tickets/repair/device-password/device-password';
import { verify, type VerifyReport } from 'embedded-mongo/tools';

type Doc = ReadonlyMap<string, unknown>;

/** What a walk through all documents has seen. */
export interface Observed {
  readonly report: VerifyReport;
  /** Parked events by queue. */
  readonly parked: ReadonlyMap<string, number>;
  readonly outbox: { readonly waiting: number; readonly oldest: Date | undefined };
  readonly failedNotifications: number;
  /** When the newest document was written, by the clock of that moment. */
  readonly newest: Date | undefined;
  readonly signingKeys: { readonly sound: number; readonly broken: number };
  readonly devicePasswords: { readonly readable: number; readonly sealed: number };
}

export interface DeviceKeys {
  readonly DEVICE_PASSWORD_KEY: string;
  readonly DEVICE_PASSWORD_OLD_KEYS: readonly string[];
}

const textOf = (document: Doc, field: string): string => {
  const value = document.get(field);
  return typeof value === 'string' ? value : '';
};

const isSound = (work: () => unknown): boolean => {
  try {
    work();
    return true;
  } catch {
    return false;
  }
};

const ownerOf = (document: Doc) => ({ tenantId: textOf(document, 'tenantId'), repairId: textOf(document, '_id') });

const later = (one: Date | undefined, other: unknown): Date | undefined =>
  other instanceof Date && (one === undefined || other > one) ? other : one;

const createTally = (keys: DeviceKeys | undefined) => {
  const parked = new Map<string, number>();
  const vault = keys === undefined ? undefined : createPasswordVault(keys);
  const seen = {
    waiting: 0,
    oldest: undefined as Date | undefined,
    failedNotifications: 0,
    newest: undefined as Date | undefined,
    sound: 0,
    broken: 0,
    readable: 0,
    sealed: 0,
  };

  const noteOutbox = (document: Doc): void => {
    const outbox = document.get('outbox');
    if (!Array.isArray(outbox) || outbox.length === 0) return;
    seen.waiting += outbox.length;
    const time = new Date(textOf(outbox[0] as Doc, 'time'));
    if (seen.oldest === undefined || time < seen.oldest) seen.oldest = time;
  };

  const noteSealed = (document: Doc): void => {
    const sealed = document.get('devicePassword');
    if (!(sealed instanceof Map)) return;
    seen.sealed++;
    const parts = sealed as Doc;
    const [keyId, nonce, text, tag] = ['keyId', 'nonce', 'sealed', 'tag'].map((field) => textOf(parts, field)) as [
      string,
      string,
      string,
      string,
    ];
    if (vault !== undefined && isSound(() => vault.openPassword(ownerOf(document), { keyId, nonce, sealed: text, tag }))) seen.readable++;
  };

  const special: Readonly<Record<string, (document: Doc) => void>> = {
    'riparo_bus.parkedEvents': (document) => parked.set(textOf(document, 'queue'), (parked.get(textOf(document, 'queue')) ?? 0) + 1),
    'riparo_notifications.notifications': (document) => {
      if (textOf(document, 'status') === 'FAILED') seen.failedNotifications++;
    },
    'riparo_auth.signing_keys': (document) => {
      if (isSound(() => toSigningKey(textOf(document, 'pem')))) seen.sound++;
      else seen.broken++;
    },
    'riparo_tickets.repairs': noteSealed,
  };

  const visit = (namespace: string, document: Doc): void => {
    seen.newest = later(later(seen.newest, document.get('createdAt')), document.get('updatedAt'));
    noteOutbox(document);
    special[namespace]?.(document);
  };
  return { visit, seen, parked };
};

/** Looks at every document of a data directory, served or not. */
export const observe = async (dataDir: string, keys: DeviceKeys | undefined): Promise<Observed> => {
  const { visit, seen, parked } = createTally(keys);
  const report = await verify(join(dataDir, 'mongo'), visit);
  const { waiting, oldest, failedNotifications, newest, sound, broken, readable, sealed } = seen;
  return {
    report,
    parked,
    outbox: { waiting, oldest },
    failedNotifications,
    newest,
    signingKeys: { sound, broken },
    devicePasswords: { readable, sealed },
  };
};
