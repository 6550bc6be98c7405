import type { Caller } from '@riparo/shared/contracts/caller';
import { type AppointmentType, type AssetCategory, CUSTOMER_TYPES, type CustomerType } from '@riparo/shared/contracts/enums';
import type { RepairDevice } from '@riparo/shared/contracts/repairs.events';
import { invalidInput } from '@riparo/shared/errors/common-errors';
import { customerSchema, type CustomerData } from '@riparo/shared/http/customer-schema';
import { dayOrInstant, moneyOrMinorUnits, oneOf, paragraph, uuid } from '@riparo/shared/http/schemas';
import type { DayOrInstant } from '@riparo/shared/time/local-day';
import Joi from 'joi';
import { attachmentIds } from '../../conversation/attachment/attach-files.js';
import { deviceFields } from './device.schema.js';
import { type Preference, preferenceFields } from '../../kernel/preferred-time.js';
import type { MoneyInput } from '../payment/money.js';
import type { Repair } from '../repair.js';

/** Sources of the desk. A customer's own request is PORTAL. */
const DESK_SOURCES = ['COUNTER', 'PHONE'] as const;

/** Fields for a registered device. Its identity is known; its accessories, condition and dates may be given. */
export type KnownDevice = Partial<Pick<RepairDevice, 'purchaseDate' | 'warrantyEndDate' | 'accessories' | 'condition'>>;

export interface IntakeBody extends Preference {
  /** A complete device; with `assetId`, only the fields that may differ from the registered device. */
  readonly device?: RepairDevice | KnownDevice;
  readonly assetId?: string;
  readonly locationId?: string;
  readonly problemDescription: string;
  readonly notes?: string;
  readonly devicePassword?: string;
  readonly attachmentIds?: readonly string[];
  readonly customerId?: string;
  readonly customer?: CustomerData;
  readonly source?: (typeof DESK_SOURCES)[number];
  readonly estimatedCompletionAt?: DayOrInstant;
  /** What is to be paid, VAT included, when the repair is not done after all. */
  readonly refusalFee?: MoneyInput;
  /** The repair whose work failed. */
  readonly warrantyClaimOf?: string;
}

/** Neither trimmed nor changed: blanks may be part of the password. */
export const devicePassword = (): Joi.StringSchema => Joi.string().min(1).max(200);

/** A VAT number without a surname means a company. */
const typeOf = ({ surname, vatNumber }: Partial<CustomerData>): CustomerType =>
  surname === undefined && vatNumber !== undefined ? 'BUSINESS' : 'INDIVIDUAL';

const IDENTITY = ['category', 'brand', 'model', 'serialNumber'] as const;

/**
 * Refuses a field beside `other`. A joi condition would do the same, but the API reference would then say that the
 * field is never allowed.
 */
const notBeside =
  (other: string, level = 0): Joi.CustomValidator<unknown, unknown> =>
  (value, helpers) => {
    const around = (helpers.state.ancestors as Readonly<Record<string, unknown>>[])[level] ?? {};
    return around[other] === undefined ? value : helpers.message({ custom: `cannot be given beside ${other}` });
  };

const isRegistered = { is: Joi.exist(), otherwise: Joi.required() };

const device = deviceFields.fork([...IDENTITY], (field) =>
  field.optional().when('...assetId', isRegistered).custom(notBeside('assetId', 1)),
);

export const intakeBody = Joi.object<IntakeBody>({
  device: device.when('assetId', isRegistered),
  // A new customer has no registered devices and locations yet.
  assetId: uuid().custom(notBeside('customer')),
  locationId: uuid().custom(notBeside('customer')),
  problemDescription: paragraph().required(),
  notes: paragraph(),
  devicePassword: devicePassword(),
  attachmentIds: attachmentIds(),
  customerId: uuid(),
  customer: customerSchema.keys({ type: oneOf(CUSTOMER_TYPES).default(typeOf) }).custom(notBeside('customerId')),
  source: oneOf(DESK_SOURCES),
  estimatedCompletionAt: dayOrInstant(),
  refusalFee: moneyOrMinorUnits(),
  warrantyClaimOf: uuid(),
  ...preferenceFields(),
});

const FOR_THE_DESK = ['customerId', 'customer', 'source', 'estimatedCompletionAt', 'refusalFee', 'warrantyClaimOf'] as const;

/** A field that only the desk may send is an unknown field in a customer's request. The desk must name the customer. */
export const refuseByRole = ({ customerId }: Caller, body: IntakeBody): void => {
  const given = FOR_THE_DESK.filter((field) => body[field] !== undefined);
  if (customerId !== undefined && given.length > 0) throw invalidInput(given.map((path) => ({ path, message: 'is not a known field' })));
  if (customerId === undefined && body.customerId === undefined && body.customer === undefined)
    throw invalidInput([{ path: 'customerId', message: 'is required, unless customer is given' }]);
};

/** Categories of devices that nobody brings to a desk. */
const STATIONARY: readonly AssetCategory[] = ['SERVER', 'NETWORK'];

/**
 * The usual appointment for a preferred time. The customer brings the device (DROP_OFF); a stationary device with a
 * known location gets an ONSITE_VISIT.
 */
export const usualAppointment = ({ device, locationId }: Pick<Repair, 'device' | 'locationId'>): AppointmentType =>
  locationId !== undefined && STATIONARY.includes(device.category) ? 'ONSITE_VISIT' : 'DROP_OFF';
