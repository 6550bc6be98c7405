import { compact } from '@riparo/shared/json/compact';
import { derivedId } from '@riparo/shared/runtime/derived-id';
import { keysOf, newCase, type CaseDecision, type CaseDevice, type CasePart, type PresentCase } from '../knowledge-case.js';
import type { KnowledgeCases } from '../knowledge.repository.js';
import type { Replicas } from '../../replica/replicas.js';
import { cleaned, contextOf, type PeopleDeps } from '../personal-context.js';
import { isUntouched, renewed, type Renewal } from './join.js';
import { saysSomething, type Proposal, type ProposedPart } from './proposal.js';

export interface ProposalDeps extends PeopleDeps, Pick<Replicas, 'parts'> {
  readonly knowledgeCases: KnowledgeCases;
}

const deviceOf = ({ category, brand, model }: CaseDevice): CaseDevice => ({ category, brand, model });

/** Parts with what the catalogue calls them, as far as they are known. */
const withSkus = async ({ parts }: ProposalDeps, tenantId: string, proposed: readonly ProposedPart[]): Promise<readonly CasePart[]> => {
  const known = await parts.in(tenantId).findMany(proposed.flatMap(({ partId }) => partId ?? []));
  return proposed.map(({ partId, name }) => compact({ sku: partId === undefined ? undefined : known.get(partId)?.sku, name }));
};

/** Keeps what work tells as a draft, once for each work. The device is filled in later where nobody knows it yet. */
export const propose = async (deps: ProposalDeps, tenantId: string, proposal: Proposal | undefined): Promise<void> => {
  if (proposal === undefined) return;
  const { source, about = source, assetId, serialNumber, parts: proposed, ...content } = proposal;
  const asset = assetId === undefined ? undefined : await deps.assets.in(tenantId).find(assetId);
  const device = content.device ?? (asset === undefined ? undefined : deviceOf(asset));
  const context = await contextOf(deps, tenantId, { sources: [source], device }, serialNumber === undefined ? asset : { serialNumber });
  const parts = await withSkus(deps, tenantId, proposed);
  const { texts, removed } = cleaned(compact({ ...content, parts, device }), context);
  if (!saysSomething(texts.solution)) return;
  const renewal: Renewal = compact({ ...texts, removed, source, assetId: device === undefined ? assetId : undefined });
  const cases = deps.knowledgeCases.in(tenantId);
  const id = derivedId(tenantId, about.kind, about.id);
  const decide = (before: PresentCase): CaseDecision => renewed(before, renewal);
  if ((await cases.update(id, decide)) !== undefined) return;
  await cases.insert(newCase(id, texts, compact({ removed, sources: [source], assetId: renewal.assetId })));
  // Another event of the same work may have been inserted at the same moment.
  await cases.update(id, decide);
  if (renewal.assetId !== undefined) await fillDevice(deps, tenantId, renewal.assetId);
};

/** More drafts of one device, or of one customer, are left for their editor. */
const MOST_DRAFTS = 500;

/** Events of devices can arrive after the work on them. */
export const fillDevice = async (deps: ProposalDeps, tenantId: string, assetId: string): Promise<void> => {
  const cases = deps.knowledgeCases.in(tenantId);
  const waiting = await cases.list({ assetId }, { limit: MOST_DRAFTS });
  if (waiting.length === 0) return;
  const asset = await deps.assets.in(tenantId).find(assetId);
  if (asset === undefined) return;
  const device = deviceOf(asset);
  const fill = (before: PresentCase): CaseDecision =>
    isUntouched(before) && before.device === undefined
      ? { state: { ...before, device, ...keysOf(device), assetId: undefined } }
      : { state: { ...before, assetId: undefined } };
  for (const { id } of waiting) await cases.update(id, fill);
  await cleanAnew(deps, tenantId, { id: { $in: waiting.map(({ id }) => id) } });
};

/** Events of people can arrive after the work for them: their names are taken out of untouched drafts then. */
const cleanAnew = async (deps: ProposalDeps, tenantId: string, filter: object): Promise<void> => {
  const cases = deps.knowledgeCases.in(tenantId);
  for (const draft of await cases.list({ ...filter, status: 'DRAFT', edited: false }, { limit: MOST_DRAFTS })) {
    const context = await contextOf(deps, tenantId, draft);
    await cases.update(draft.id, (before) => {
      const { texts, removed } = cleaned(before, context);
      const found = { removed: [...before.removed, ...removed], ...keysOf(texts.device) };
      return isUntouched(before) && removed.length > 0 ? { state: { ...texts, ...found } } : { state: before };
    });
  }
};

export const cleanDraftsOf = (deps: ProposalDeps, tenantId: string, customerId: string): Promise<void> =>
  cleanAnew(deps, tenantId, { 'sources.customerId': customerId });
