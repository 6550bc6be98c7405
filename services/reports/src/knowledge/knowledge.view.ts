import type { Caller } from '@riparo/shared/contracts/caller';
import { compact } from '@riparo/shared/json/compact';
import type { CaseVersion, PresentCase } from './knowledge-case.js';
import { isStaffCaller, mayCurate } from './knowledge.access.js';

/** What everybody may read who may read the case. */
const viewForCustomers = ({
  id,
  version,
  device,
  symptom,
  cause,
  solution,
  minutes,
  parts,
  tags,
  usefulCount,
  updatedAt,
}: PresentCase) => ({
  id,
  version,
  device,
  symptom,
  cause,
  solution,
  minutes,
  parts: parts.map(({ name }) => ({ name })),
  tags,
  usefulCount,
  updatedAt,
});

/** Where the case comes from is for staff, what was taken out of it for whoever may edit it. */
export const viewCase = (caller: Caller, found: PresentCase) => {
  const view = viewForCustomers(found);
  if (!isStaffCaller(caller)) return compact(view);
  const { parts, status, sources, deflectedCount, mergedIntoId, publishedAt, createdAt, removed, notPersonal } = found;
  return compact({
    ...view,
    parts,
    status,
    public: found.public,
    deflectedCount,
    sources: sources.map(({ kind, id, number }) => ({ kind, id, number })),
    mergedIntoId,
    publishedAt,
    createdAt,
    ...(mayCurate(caller) ? { removed, notPersonal } : {}),
  });
};

export const viewVersion = ({ version, at, byUserId, status, ...content }: CaseVersion) =>
  compact({ version, at, byUserId, status, ...content });
