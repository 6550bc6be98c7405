import { writeMoney } from '@riparo/shared/text/write-money';
import type { PublishedCustomer, PublishedSettings } from '@riparo/shared/contracts/auth.events';
import { repairStatusPath } from '@riparo/shared/contracts/links';
import { file } from '@riparo/shared/http/reply';
import type { Reply } from '@riparo/shared/http/route';
import { MOMENT, writeDay, writeTime, type Language } from '@riparo/shared/time/write-time';
import { customerName } from '../../replica/replicas.js';
import type { RepairCall } from '../change-repair.js';
import type { RepairDeps } from '../dependencies.js';
import type { Receipt } from './print-receipt.js';
import { pickupWords } from '../pickup/pickup-words.js';
import { visibleTo } from '../repair.access.js';
import type { RepairState } from '../repair.js';
import { languageOf, labelsFor, type Labels } from '../public-status/labels.js';

const RECEIPT = new URL('./print-receipt.js', import.meta.url);

type Settings = PublishedSettings | undefined;

const joined = (...parts: readonly (string | undefined)[]): string => parts.filter((part) => part !== undefined && part !== '').join('\n');

const customerText = (customer: PublishedCustomer | undefined): string =>
  customer === undefined ? '' : joined(customerName(customer), customer.contactPhone, customer.contactEmail);

const deviceText = ({ device }: RepairState, words: Labels): string =>
  joined(`${device.brand} ${device.model}`, `${words.serialNumber}: ${device.serialNumber}`);

const warrantyText = ({ device, underWarranty }: RepairState, words: Labels, language: Language): string =>
  [
    underWarranty ? words.underWarranty : words.outOfWarranty,
    ...(device.warrantyEndDate === undefined ? [] : [writeDay(device.warrantyEndDate, language)]),
  ].join(' · ');

const rowsOf = (repair: RepairState, customer: PublishedCustomer | undefined, settings: Settings, words: Labels, timeZone: string) => {
  const language = languageOf(settings);
  const moment = (at: Date): string => writeTime(at, language, timeZone, MOMENT);
  const { device, estimatedCompletionAt: estimate, estimatedCompletionDay: promised } = repair;
  const expected = promised === undefined ? estimate && moment(estimate) : writeDay(promised, language);
  return [
    [words.date, moment(repair.createdAt)],
    [words.customer, customerText(customer)],
    [words.device, deviceText(repair, words)],
    [words.warranty, warrantyText(repair, words, language)],
    [words.accessories, (device.accessories ?? []).join(', ') || words.none],
    [words.condition, device.condition ?? words.none],
    [words.problem, repair.problemDescription],
    [words.notes, repair.notes ?? ''],
    [words.estimate, expected ?? ''],
    [words.pickup, repair.pickup === undefined ? '' : pickupWords(repair.pickup.terms, repair.amountDue, language)],
    [words.refusalFee, repair.refusalFee === undefined ? '' : writeMoney(repair.refusalFee, language)],
  ].filter((row): row is [string, string] => row[1] !== '');
};

/** `GET /repairs/:id/receipt.pdf`: the intake receipt for the customer and the desk, in the centre's language. */
export const getReceipt =
  ({ repairs, replicas, rulesOf, print, publicUrl }: Pick<RepairDeps, 'repairs' | 'replicas' | 'rulesOf' | 'print' | 'publicUrl'>) =>
  async ({ caller, params: { id } }: RepairCall): Promise<Reply> => {
    const { tenantId } = caller;
    const repair = visibleTo(caller, await repairs.in(tenantId).find(id));
    const [settings, customer, { timeZone }] = await Promise.all([
      replicas.settings.find(tenantId, tenantId),
      replicas.customers.find(tenantId, repair.customerId),
      rulesOf(tenantId),
    ]);
    const words = labelsFor(settings);
    const { companyName = '', address = '', contactPhone = '', contactEmail = '' } = settings ?? {};
    const bytes = await print<Receipt>(RECEIPT, {
      words,
      company: [companyName, ...address.split('\n'), contactPhone, contactEmail].filter((each) => each !== ''),
      number: repair.number,
      rows: rowsOf(repair, customer, settings, words, timeZone),
      statusUrl: `${publicUrl}${repairStatusPath(repair)}`,
      createdAt: repair.createdAt,
    });
    return file(bytes, 'application/pdf', `${repair.number}.pdf`, 'inline');
  };
