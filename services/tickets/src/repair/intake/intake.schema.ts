import type { Caller } from '@riparo/shared/contracts/caller';
import { type AppointmentType, type AssetCategory, CUSTOMER_TYPES, type CustomerType } from '@riparo/shared/contracts/enums';
import type { RepairDevice } from '@riparo/shared/contracts/repairs.events';
import { invalidInput } from '@riparo/shared/errors/common-errors';
import { customerSchema, type CustomerData } from '@riparo/shared/http/customer-schema';
import { instant, oneOf, paragraph, uuid } from '@riparo/shared/http/schemas';
import Joi from 'joi';
import { attachmentIds } from '../../conversation/attachment/attach-files.js';
import { deviceFields } from './device.schema.js';
import { type Preference, preferenceFields } from '../../kernel/preferred-time.js';
import type { Repair } from '../repair.js';

/** How a device gets to the desk; what customers send themselves is PORTAL. */
const DESK_SOURCES = ['COUNTER', 'PHONE'] as const;

/** Of a device that is registered: what it is, is known; how it came is not. */
export type KnownDevice = Partial<Pick<RepairDevice, 'purchaseDate' | 'warrantyEndDate' | 'accessories' | 'condition'>>;

export interface IntakeBody extends Preference {
  /** Whole, or beside `assetId` only what may differ from what is registered. */
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
  readonly estimatedCompletionAt?: Date;
}

/** Neither trimmed nor otherwise changed: blanks may belong to it. */
export const devicePassword = (): Joi.StringSchema => Joi.string().min(1).max(200);

/** Who gives a VAT number and no surname is a company. */
const typeOf = ({ surname, vatNumber }: Partial<CustomerData>): CustomerType =>
  surname === undefined && vatNumber !== undefined ? 'BUSINESS' : 'INDIVIDUAL';

const IDENTITY = ['category', 'brand', 'model', 'serialNumber'] as const;

/** A rule of its own, because a condition would make the API reference say that the field must never be there. */
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
  // What a stranger has is not known yet.
  assetId: uuid().custom(notBeside('customer')),
  locationId: uuid().custom(notBeside('customer')),
  problemDescription: paragraph().required(),
  notes: paragraph(),
  devicePassword: devicePassword(),
  attachmentIds: attachmentIds(),
  customerId: uuid(),
  customer: customerSchema.keys({ type: oneOf(CUSTOMER_TYPES).default(typeOf) }).custom(notBeside('customerId')),
  source: oneOf(DESK_SOURCES),
  estimatedCompletionAt: instant(),
  ...preferenceFields(),
});

const FOR_THE_DESK = ['customerId', 'customer', 'source', 'estimatedCompletionAt'] as const;

/** What only the desk may say is an unknown field in a customer's request; the desk has to say whose device it is. */
export const refuseByRole = ({ customerId }: Caller, body: IntakeBody): void => {
  const given = FOR_THE_DESK.filter((field) => body[field] !== undefined);
  if (customerId !== undefined && given.length > 0) throw invalidInput(given.map((path) => ({ path, message: 'is not a known field' })));
  if (customerId === undefined && body.customerId === undefined && body.customer === undefined)
    throw invalidInput([{ path: 'customerId', message: 'is required, unless customer is given' }]);
};

/** Nobody brings these to a desk. */
const STATIONARY: readonly AssetCategory[] = ['SERVER', 'NETWORK'];

/** What a preferred time is for when nothing is said: the device is brought, unless it is built in and it is known where. */
export const usualAppointment = ({ device, locationId }: Pick<Repair, 'device' | 'locationId'>): AppointmentType =>
  locationId !== undefined && STATIONARY.includes(device.category) ? 'ONSITE_VISIT' : 'DROP_OFF';
