import type { Platform } from '@riparo/shared/composition/platform';
import { createFileStore, type FilePart, type FileStore } from '@riparo/shared/files/file-store';
import { mediaTypeOf } from '@riparo/shared/files/picture';
import { isPlainPdf } from '@riparo/shared/files/plain-pdf';
import { createPreparePicture } from '@riparo/shared/files/prepare-picture';
import type { Clock } from '@riparo/shared/runtime/clock';
import { HOUR_MS } from '@riparo/shared/time/units';
import { proofTypeNotSupported } from '../payment.errors.js';
import type { IncomingPayments } from '../payment.repository.js';

/** Each proof is a file of one part. */
export type ProofStore = FileStore<'full'>;

export const createProofs = ({ connection, clock }: Pick<Platform, 'connection' | 'clock'>): ProofStore =>
  createFileStore({ connection, clock, bucket: 'payment_proofs', parts: ['full'] });

export type PrepareProof = (bytes: Buffer) => Promise<FilePart>;

/** Checks a file by its content: a picture is drawn anew from its pixels, a PDF stays as it is. */
export const createPrepareProof = (): PrepareProof => {
  const preparePicture = createPreparePicture();
  return async (bytes) => {
    const contentType = await mediaTypeOf(bytes);
    const picture = await preparePicture(bytes, contentType, 'file');
    if (picture !== undefined) return { bytes: picture.full.bytes, contentType: picture.full.contentType };
    if (contentType !== 'application/pdf' || !isPlainPdf(bytes)) throw proofTypeNotSupported();
    return { bytes, contentType };
  };
};

const BATCH = 100;

/** The job that removes files which no payment names: a crash, or a second upload at the same time, left them. */
export const createSweepProofs =
  ({ payments, proofs, clock }: { readonly payments: IncomingPayments; readonly proofs: ProofStore; readonly clock: Clock }) =>
  async (): Promise<void> => {
    const before = new Date(clock.now().getTime() - HOUR_MS);
    for (const { tenantId, fileId, ownerId = '' } of await proofs.findLoose(before, BATCH)) {
      const payment = await payments.in(tenantId).find(ownerId);
      if (payment?.proof?.fileId === fileId) await proofs.confirm(tenantId, fileId);
      else await proofs.remove(tenantId, fileId);
    }
  };
