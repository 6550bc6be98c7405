import Joi from 'joi';
import {
  CUSTOMER_STATUSES,
  CUSTOMER_TYPES,
  SKILLS,
  USER_STATUSES,
  WEEKDAYS,
  type Availability,
  type BusinessCalendar,
  type CustomerStatus,
  type CustomerType,
  type Skill,
  type UserStatus,
} from './enums.js';
import {
  eventFiscalIdentity,
  eventInvoiceTerms,
  eventPickupTerms,
  eventWorkTerms,
  eventWorkWarranty,
  type FiscalIdentity,
  type InvoiceTerms,
  type PickupTerms,
  type WorkTerms,
  type WorkWarrantyTerms,
} from './centre-terms.js';
import { defineEvent } from './event.js';
import { id, instant, text } from './fragments.js';
import { ROLES, type Role } from './roles.js';

/** A user as the other services know them: no hash, token or secret. */
export interface PublishedUser {
  readonly id: string;
  readonly customerId?: string;
  readonly email: string;
  /** False while nobody has opened a link that was mailed there: it may be a stranger's. Missing in events of earlier versions. */
  readonly emailVerified?: boolean;
  readonly name: string;
  readonly phone?: string;
  readonly role: Role;
  readonly status: UserStatus;
  readonly skills: readonly Skill[];
  readonly defaultRegion?: string;
  readonly availability?: Availability;
  /** BCP 47 language tag; mails to the user are in this language. */
  readonly locale?: string;
  /** True once the account is removed. */
  readonly removed: boolean;
}

export interface PublishedCustomer {
  readonly id: string;
  readonly type: CustomerType;
  readonly name: string;
  readonly surname?: string;
  readonly contactEmail: string;
  readonly contactPhone?: string;
  readonly city?: string;
  readonly state?: string;
  readonly country?: string;
  readonly status: CustomerStatus;
}

export interface PublishedSettings {
  readonly companyName: string;
  readonly contactEmail?: string;
  readonly contactPhone?: string;
  readonly address?: string;
  readonly logoUrl?: string;
  /** `#rrggbb`. */
  readonly brandColour?: string;
  readonly timeZone: string;
  readonly locale: string;
  readonly currency: string;
  readonly calendar: BusinessCalendar;
  /** Missing: no invoice for the tax office can be made. */
  readonly fiscalIdentity?: FiscalIdentity;
  /** Missing, like the three below: the defaults of `centre-terms.ts`. */
  readonly invoiceTerms?: InvoiceTerms;
  readonly workWarranty?: WorkWarrantyTerms;
  readonly pickupTerms?: PickupTerms;
  readonly workTerms?: WorkTerms;
}

const user = Joi.object({
  id: id.required(),
  customerId: id,
  email: Joi.string().required(),
  emailVerified: Joi.boolean(),
  name: text.required(),
  phone: text,
  role: Joi.valid(...ROLES).required(),
  status: Joi.valid(...USER_STATUSES).required(),
  skills: Joi.array()
    .items(Joi.valid(...SKILLS))
    .required(),
  defaultRegion: text,
  availability: Joi.object(),
  locale: text,
  removed: Joi.boolean().required(),
}).unknown(true);

const customer = Joi.object({
  id: id.required(),
  type: Joi.valid(...CUSTOMER_TYPES).required(),
  name: text.required(),
  surname: text,
  contactEmail: text.required(),
  contactPhone: text,
  city: text,
  state: text,
  country: text,
  status: Joi.valid(...CUSTOMER_STATUSES).required(),
}).unknown(true);

const intervals = Joi.array()
  .items(Joi.object({ start: Joi.string().required(), end: Joi.string().required() }).unknown(true))
  .description('From `start` to `end` on the wall clock: `09:00`.');
const weekly = Joi.object(Object.fromEntries(WEEKDAYS.map((weekday) => [weekday, intervals]))).unknown(true);
const exception = Joi.object({ date: Joi.string().required(), intervals: intervals.required(), name: text }).unknown(true);

const settings = Joi.object({
  companyName: text.required(),
  timeZone: Joi.string().required(),
  locale: Joi.string().required(),
  currency: Joi.string().length(3).required(),
  calendar: Joi.object({
    timeZone: Joi.string().required(),
    weekly: weekly.required(),
    exceptions: Joi.array().items(exception).required(),
  })
    .unknown(true)
    .required(),
  fiscalIdentity: eventFiscalIdentity,
  invoiceTerms: eventInvoiceTerms,
  workWarranty: eventWorkWarranty,
  pickupTerms: eventPickupTerms,
  workTerms: eventWorkTerms,
}).unknown(true);

export interface UserEventV1 {
  readonly user: PublishedUser;
}
const userData = Joi.object<UserEventV1>({ user: user.required() });

export const UserRegistered = defineEvent<UserEventV1>(
  'riparo.auth.user-registered.v1',
  'Somebody registered; staff start PENDING, customers ACTIVE.',
  userData,
);
export const UserUpdated = defineEvent<UserEventV1>('riparo.auth.user-updated.v1', "A user's profile, role or status changed.", userData);
export const UserRemoved = defineEvent<UserEventV1>('riparo.auth.user-removed.v1', 'An account was removed.', userData);
export const RegistrationApproved = defineEvent<UserEventV1>(
  'riparo.auth.registration-approved.v1',
  'An ADMIN approved a staff registration.',
  userData,
);

export interface RegistrationRejectedV1 extends UserEventV1 {
  /** The reason that the person who registered is told. */
  readonly reason: string;
}
export const RegistrationRejected = defineEvent<RegistrationRejectedV1>(
  'riparo.auth.registration-rejected.v1',
  'An ADMIN rejected a staff registration.',
  Joi.object<RegistrationRejectedV1>({ user: user.required(), reason: Joi.string().required() }),
);

export interface SessionsRevokedV1 {
  readonly userId: string;
  /** Tokens of the user with a lower epoch are void. */
  readonly epoch?: number;
  /** Tokens of this one session are void. */
  readonly sessionId?: string;
  /** When the last access token that the revocation concerns expires. After that the revocation may be forgotten. */
  readonly until: string;
}
export const SessionsRevoked = defineEvent<SessionsRevokedV1>(
  'riparo.auth.sessions-revoked.v1',
  'Access tokens issued before are void everywhere: one session, or all of a user.',
  Joi.object<SessionsRevokedV1>({ userId: id.required(), epoch: Joi.number().integer(), sessionId: id, until: instant.required() }).or(
    'epoch',
    'sessionId',
  ),
);

export interface CustomerEventV1 {
  readonly customer: PublishedCustomer;
}
const customerData = Joi.object<CustomerEventV1>({ customer: customer.required() });
export const CustomerCreated = defineEvent<CustomerEventV1>('riparo.auth.customer-created.v1', 'A customer exists.', customerData);
export const CustomerUpdated = defineEvent<CustomerEventV1>(
  'riparo.auth.customer-updated.v1',
  "A customer's data or status changed.",
  customerData,
);
export const CustomerClosed = defineEvent<CustomerEventV1>('riparo.auth.customer-closed.v1', 'A customer was closed.', customerData);

export interface SettingsChangedV1 {
  readonly settings: PublishedSettings;
}
export const SettingsChanged = defineEvent<SettingsChangedV1>(
  'riparo.auth.settings-changed.v1',
  'Company data, time zone, locale, currency or business calendar changed.',
  Joi.object<SettingsChangedV1>({ settings: settings.required() }),
);
