import type { PublishedWorkReport } from '@riparo/shared/contracts/work-reports.events';
import { cut } from '@riparo/shared/text/cut';
import { compact } from '@riparo/shared/json/compact';
import { keyOf, LONGEST } from '../replica/texts.js';

/** What an approved work report says of the parts of a device that failed. */
export interface WorkFindings {
  readonly at: Date;
  readonly assetId?: string;
  readonly repairId?: string;
  readonly components: readonly { readonly key: string; readonly name: string }[];
}

/** Each component once, however often the report names it. */
const componentsOf = ({ malfunctions }: PublishedWorkReport): WorkFindings['components'] => {
  const names = malfunctions.flatMap(({ component }) => (component === undefined ? [] : [cut(component, LONGEST)]));
  return [...new Map(names.map((name) => [keyOf(name), { key: keyOf(name), name }])).values()];
};

export const toFindings = (report: PublishedWorkReport, approvedAt: string): WorkFindings => {
  const { assetId, repairId } = report;
  return compact({ at: new Date(approvedAt), assetId, repairId, components: componentsOf(report) });
};
