import {
  subjectOf,
  type AppointmentEventV1,
  type AppointmentNeedsReplanningV1,
  type AppointmentReminderDueV1,
  type AppointmentRescheduledV1,
  type AppointmentStatusChangedV1,
  type PublishedAppointment,
} from '@riparo/shared/contracts/appointments.events';
import type { TemplateKey } from '../template/template.js';
import type { NoticesOf, Notice } from './ticket-notices.js';

const dataOf = (appointment: PublishedAppointment): Record<string, unknown> => {
  const { type, scheduledStartAt, scheduledEndAt, customerId, assetId, technicianId, location, customerNotes } = appointment;
  const { kind, id, number } = subjectOf(appointment);
  return {
    ...(kind === 'TICKET' ? { ticketNumber: number } : { repairNumber: number }),
    type,
    start: scheduledStartAt,
    end: scheduledEndAt,
    customerId,
    ...(assetId === undefined ? {} : { assetId }),
    ...(technicianId === undefined ? {} : { technicianUserId: technicianId }),
    ...(location === undefined ? {} : { address: `${location.name}, ${location.address}` }),
    ...(customerNotes === undefined ? {} : { notes: customerNotes }),
    path: `/${kind === 'TICKET' ? 'tickets' : 'repairs'}/${id}`,
  };
};

const toCustomer = (appointment: PublishedAppointment, template: TemplateKey, more: Record<string, unknown> = {}): Notice => {
  const { id, customerId, contactUserId } = appointment;
  return {
    purpose: 'customer',
    template,
    targets: [{ kind: 'customer', customerId, authorUserId: contactUserId }],
    // From the id comes the link that lets its reader act for the customer: in nobody else's mail.
    data: { ...dataOf(appointment), appointmentId: id, ...more },
  };
};

/** Nobody is told of what they did themselves. */
const toTechnician = (
  userId: string | undefined,
  { appointment, actorUserId }: AppointmentEventV1,
  template: TemplateKey,
  more: Record<string, unknown> = {},
): readonly Notice[] =>
  userId === undefined || userId === actorUserId
    ? []
    : [
        {
          purpose: template,
          template,
          targets: [{ kind: 'user', userId }],
          data: { ...dataOf(appointment), ...more },
        },
      ];

/** As with tickets, booking is confirmed to whoever booked. */
export const notifyBooked: NoticesOf<AppointmentEventV1> = ({ data }) => [
  toCustomer(data.appointment, 'appointment-booked'),
  ...toTechnician(data.appointment.technicianId, data, 'appointment-booked-technician'),
];

/** That somebody else comes at the same time is no news for the customer. */
export const notifyMoved: NoticesOf<AppointmentRescheduledV1> = ({ data }) => {
  const { appointment, from } = data;
  const more = { previousStart: from.scheduledStartAt };
  const moved = from.scheduledStartAt !== appointment.scheduledStartAt || from.scheduledEndAt !== appointment.scheduledEndAt;
  const handed = from.technicianId !== appointment.technicianId;
  return [
    ...(moved ? [toCustomer(appointment, 'appointment-moved', more)] : []),
    ...toTechnician(appointment.technicianId, data, handed ? 'appointment-booked-technician' : 'appointment-moved-technician', more),
    ...(handed ? toTechnician(from.technicianId, data, 'appointment-cancelled-technician', { start: from.scheduledStartAt }) : []),
  ];
};

export const notifyCancelled: NoticesOf<AppointmentEventV1> = ({ data }) => {
  const { appointment, actorUserId } = data;
  const { kind = 'STAFF', reason } = appointment.cancellation ?? {};
  const more = {
    kind,
    noShow: kind === 'NO_SHOW',
    done: kind === 'TICKET_DONE' || kind === 'REPAIR_DONE',
    ...(reason === undefined ? {} : { reason }),
  };
  return [
    ...(actorUserId !== undefined && actorUserId === appointment.contactUserId
      ? []
      : [toCustomer(appointment, 'appointment-cancelled', more)]),
    ...toTechnician(appointment.technicianId, data, 'appointment-cancelled-technician', more),
  ];
};

export const notifyProgress: NoticesOf<AppointmentStatusChangedV1> = ({ data: { appointment, to } }) => {
  const { expectedArrivalAt: arrival = '', completionSummary: summary = '' } = appointment;
  if (to === 'IN_TRANSIT') return [toCustomer(appointment, 'appointment-on-the-way', { arrival })];
  return to === 'COMPLETED' ? [toCustomer(appointment, 'appointment-completed', { summary })] : [];
};

export const notifyReminder: NoticesOf<AppointmentReminderDueV1> = ({ data: { appointment, kind } }) => [
  toCustomer(appointment, 'appointment-reminder', { soon: kind === 'TWO_HOURS' }),
];

export const notifyReplanning: NoticesOf<AppointmentNeedsReplanningV1> = ({ data: { appointment, reason, technicianId } }) => [
  {
    purpose: 'desk',
    template: 'appointment-needs-replanning',
    targets: [{ kind: 'desk' }],
    data: {
      ...dataOf(appointment),
      left: reason === 'TECHNICIAN_LEFT',
      vehicleGone: reason === 'VEHICLE_GONE',
      ...(technicianId === undefined ? {} : { technicianUserId: technicianId }),
    },
  },
];
