/** Values of the domain that more than one service uses. They are part of the API and of events. */
export const SKILLS = ['HARDWARE', 'SOFTWARE', 'NETWORK', 'ACCOUNT', 'QUESTION', 'OTHER'] as const;
export type Skill = (typeof SKILLS)[number];

export const USER_STATUSES = ['PENDING', 'ACTIVE', 'INVITED', 'DISABLED', 'REJECTED'] as const;
export type UserStatus = (typeof USER_STATUSES)[number];

export const CUSTOMER_TYPES = ['INDIVIDUAL', 'BUSINESS', 'EDUCATION', 'GOVERNMENT', 'NONPROFIT'] as const;
export type CustomerType = (typeof CUSTOMER_TYPES)[number];
export const CUSTOMER_STATUSES = ['ACTIVE', 'SUSPENDED', 'CLOSED'] as const;
export type CustomerStatus = (typeof CUSTOMER_STATUSES)[number];

export const ASSET_CATEGORIES = ['LAPTOP', 'DESKTOP', 'SERVER', 'NETWORK', 'MONITOR', 'PRINTER', 'PHONE', 'TABLET', 'OTHER'] as const;
export type AssetCategory = (typeof ASSET_CATEGORIES)[number];
export const ASSET_STATUSES = ['ACTIVE', 'IN_REPAIR', 'RETIRED'] as const;
export type AssetStatus = (typeof ASSET_STATUSES)[number];

export const SERVICE_PLAN_TYPES = ['BASIC', 'STANDARD', 'PREMIUM', 'ENTERPRISE'] as const;
export type ServicePlanType = (typeof SERVICE_PLAN_TYPES)[number];
export const COVERAGE_LEVELS = ['REMOTE_ONLY', 'REMOTE_PLUS_ONSITE', 'FULL_SERVICE'] as const;
export type CoverageLevel = (typeof COVERAGE_LEVELS)[number];
export const SERVICE_PLAN_STATUSES = ['ACTIVE', 'EXPIRED', 'CANCELLED'] as const;
export type ServicePlanStatus = (typeof SERVICE_PLAN_STATUSES)[number];
/** Which hours count for the times that a plan's SLA promises. */
export const SUPPORT_HOURS = ['24/7', 'Business hours'] as const;
export type SupportHours = (typeof SUPPORT_HOURS)[number];

/** The category of a ticket is also the skill that its technician needs. */
export const TICKET_CATEGORIES = SKILLS;
export type TicketCategory = Skill;
export const TICKET_PRIORITIES = ['LOW', 'MEDIUM', 'HIGH', 'CRITICAL'] as const;
export type TicketPriority = (typeof TICKET_PRIORITIES)[number];
export const TICKET_STATUSES = ['OPEN', 'IN_PROGRESS', 'WAITING_CUSTOMER', 'RESOLVED', 'CLOSED'] as const;
export type TicketStatus = (typeof TICKET_STATUSES)[number];
/** A ticket's progress as a customer of a classic desk reads it; derived from status and assignment. */
export const TICKET_STAGES = ['NEW', 'OPENED', 'IN_PROGRESS', 'RESOLVED', 'CLOSED'] as const;
export type TicketStage = (typeof TICKET_STAGES)[number];
export const TICKET_SOURCES = ['PORTAL', 'PHONE', 'EMAIL', 'INTERNAL'] as const;
export type TicketSource = (typeof TICKET_SOURCES)[number];

/** The stages of a repair, from the intake to the end. */
export const REPAIR_STATUSES = [
  'PENDING',
  'SCHEDULED',
  'DISPATCHED',
  'IN_PROGRESS',
  'AWAITING_PARTS',
  'ON_HOLD',
  'DELAYED',
  'QUALITY_CHECK',
  'COMPLETED',
  'REFUSED',
  'PAYMENT_PENDING',
  'READY_FOR_PICKUP',
  'CANCELED',
  'CLOSED',
] as const;
export type RepairStatus = (typeof REPAIR_STATUSES)[number];
/** The statuses in English, as customers read them. */
export const REPAIR_STATUS_NAMES: Readonly<Record<RepairStatus, string>> = {
  PENDING: 'Pending',
  SCHEDULED: 'Scheduled',
  DISPATCHED: 'Dispatched',
  IN_PROGRESS: 'In Progress',
  AWAITING_PARTS: 'Awaiting Parts',
  ON_HOLD: 'On Hold',
  DELAYED: 'Delayed',
  QUALITY_CHECK: 'Quality Check',
  COMPLETED: 'Completed',
  REFUSED: 'Refused',
  PAYMENT_PENDING: 'Payment Pending',
  READY_FOR_PICKUP: 'Ready for Pickup',
  CANCELED: 'Canceled',
  CLOSED: 'Closed',
};
/** The statuses in Italian, as customers read them on receipts, on the public page and in mails. */
export const REPAIR_STATUS_NAMES_IT: Readonly<Record<RepairStatus, string>> = {
  PENDING: 'In attesa',
  SCHEDULED: 'Programmata',
  DISPATCHED: 'Tecnico in viaggio',
  IN_PROGRESS: 'In lavorazione',
  AWAITING_PARTS: 'In attesa di ricambi',
  ON_HOLD: 'Sospesa',
  DELAYED: 'In ritardo',
  QUALITY_CHECK: 'Controllo qualità',
  COMPLETED: 'Completata',
  REFUSED: 'Rifiutata',
  PAYMENT_PENDING: 'In attesa di pagamento',
  READY_FOR_PICKUP: 'Pronta per il ritiro',
  CANCELED: 'Annullata',
  CLOSED: 'Chiusa',
};
/** COUNTER and PHONE: the desk wrote the repair sheet; PORTAL: the customer asked for it. */
export const REPAIR_SOURCES = ['COUNTER', 'PORTAL', 'PHONE'] as const;
export type RepairSource = (typeof REPAIR_SOURCES)[number];
/** How the technician's work can end. */
export const REPAIR_OUTCOMES = ['COMPLETED', 'REFUSED'] as const;
export type RepairOutcome = (typeof REPAIR_OUTCOMES)[number];
export const PAYMENT_METHODS = ['CASH', 'CARD', 'BANK_TRANSFER', 'ONLINE', 'OTHER'] as const;
export type PaymentMethod = (typeof PAYMENT_METHODS)[number];

/** How a technician and a customer meet. Only an ONSITE_VISIT has a journey, and therefore a buffer before and after it. */
export const APPOINTMENT_TYPES = ['REMOTE_SESSION', 'ONSITE_VISIT', 'DROP_OFF'] as const;
export type AppointmentType = (typeof APPOINTMENT_TYPES)[number];
export const APPOINTMENT_STATUSES = ['SCHEDULED', 'IN_TRANSIT', 'IN_PROGRESS', 'COMPLETED', 'CANCELLED'] as const;
export type AppointmentStatus = (typeof APPOINTMENT_STATUSES)[number];

export const WEEKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;
export type Weekday = (typeof WEEKDAYS)[number];

/** Wall-clock times `HH:mm` in the tenant's time zone; `end` may be `24:00`, the end of the day. */
export interface TimeInterval {
  readonly start: string;
  readonly end: string;
}
/** A technician's regular hours: one or several intervals a day. A weekday without an entry is a day off. */
export type Availability = Readonly<Partial<Record<Weekday, TimeInterval | readonly TimeInterval[]>>>;

/** When the centre works. SLA clocks and appointment slots count only these hours. */
export interface BusinessCalendar {
  /** IANA name, e.g. `Europe/Rome`. */
  readonly timeZone: string;
  /** A lunch break makes two intervals: 09:00–13:00 and 14:00–18:00. */
  readonly weekly: Readonly<Partial<Record<Weekday, readonly TimeInterval[]>>>;
  /** Dates (`YYYY-MM-DD`) with other hours than their weekday; a date without intervals is closed. */
  readonly exceptions: readonly { readonly date: string; readonly intervals: readonly TimeInterval[]; readonly name?: string }[];
}
