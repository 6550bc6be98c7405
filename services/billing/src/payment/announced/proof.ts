import { file as fileReply, ok } from '@riparo/shared/http/reply';
import type { Call, Reply, UploadRule } from '@riparo/shared/http/route';
import { findVisible } from '../payment.access.js';
import { paymentBeingDecided, paymentNotFound, paymentProofNotFound, proofNotTaken } from '../payment.errors.js';
import type { IncomingPayment, PaymentDecision, Proof } from '../payment.js';
import type { IncomingPayments } from '../payment.repository.js';
import { viewPayment } from '../payment.view.js';
import type { PrepareProof, ProofStore } from './proof-files.js';

export const PROOF_UPLOAD: UploadRule = { field: 'file', maxBytes: 5 * 1024 * 1024 };

const ENDINGS: Readonly<Record<string, string>> = {
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/webp': 'webp',
  'application/pdf': 'pdf',
};

interface Deps {
  readonly payments: IncomingPayments;
  readonly proofs: ProofStore;
  readonly prepareProof: PrepareProof;
}
type ProofCall = Call<unknown, unknown, { id: string }>;

const refuseUnlessOpen = ({ method, status, booking }: IncomingPayment): void => {
  if (method !== 'BANK_TRANSFER' || status !== 'TO_VERIFY') throw proofNotTaken(status);
  if (booking !== undefined) throw paymentBeingDecided();
};

const attach = (before: IncomingPayment, proof: Proof): PaymentDecision => {
  refuseUnlessOpen(before);
  return { state: { ...before, proof } };
};

/** `POST /payments/:id/proof`. The bytes are kept before the payment names them; a crash leaves only bytes, which the sweep removes. */
export const addProof =
  (deps: Deps) =>
  async ({ caller, params: { id }, file, ids }: ProofCall): Promise<Reply> => {
    const { tenantId } = caller;
    const before = await findVisible(deps, caller, id);
    refuseUnlessOpen(before);
    const full = await deps.prepareProof(file?.bytes ?? Buffer.alloc(0));
    const fileId = ids.next();
    await deps.proofs.put({ tenantId, fileId, ownerId: id }, { full });
    // Of two uploads at the same time the later one counts, and takes away what it replaces.
    let replaced: Proof | undefined;
    const after = await deps.payments.in(tenantId).update(id, (payment) => {
      replaced = payment.proof;
      return attach(payment, { fileId, contentType: full.contentType });
    });
    if (after === undefined) throw paymentNotFound();
    await deps.proofs.confirm(tenantId, fileId);
    if (replaced !== undefined) await deps.proofs.remove(tenantId, replaced.fileId);
    return ok(viewPayment(caller, after));
  };

/** `GET /payments/:id/proof`: always a download, as the media type that its content was checked to be. */
export const getProof =
  (deps: Deps) =>
  async ({ caller, params: { id } }: ProofCall): Promise<Reply> => {
    const { proof, repairNumber } = await findVisible(deps, caller, id);
    const part = proof && (await deps.proofs.get(caller.tenantId, proof.fileId, 'full'));
    if (part === undefined) throw paymentProofNotFound();
    const reply = fileReply(part.bytes, part.contentType, `${repairNumber}.${ENDINGS[part.contentType] ?? 'bin'}`, 'attachment');
    return {
      ...reply,
      headers: { ...reply.headers, 'X-Content-Type-Options': 'nosniff', 'Content-Security-Policy': "default-src 'none'; sandbox" },
    };
  };
