import type { Caller } from '@riparo/shared/contracts/caller';
import { customerName, shownVehicle, type Replicas } from '../replica/replicas.js';
import { compact } from '@riparo/shared/json/compact';
import { namesOf, type Appointment } from './appointment.js';
import { isStaffCaller } from '../kernel/held.js';
import { shownVersion } from '../kernel/shown-version.js';
import { deviceFor } from '../replica/asset-lookup.js';

/** The fields that views need; `turns` are never shown. */
type Shown = Omit<Appointment, 'turns'>;

/** Fields for everybody who may see the appointment. JSON turns dates into ISO 8601. */
const fieldsOf = (appointment: Shown) => ({
  id: appointment.id,
  ...namesOf(appointment.subject),
  customerId: appointment.customerId,
  assetId: appointment.assetId,
  type: appointment.type,
  status: appointment.status,
  scheduledStartAt: appointment.scheduledStartAt,
  scheduledEndAt: appointment.scheduledEndAt,
  actualStartAt: appointment.actualStartAt,
  actualEndAt: appointment.actualEndAt,
  expectedArrivalAt: appointment.expectedArrivalAt,
  technicianId: appointment.technicianId,
  locationId: appointment.location?.id,
  location: appointment.location,
  remoteSessionUrl: appointment.remoteSessionUrl,
  customerNotes: appointment.customerNotes,
  completionSummary: appointment.completionSummary,
  confirmedAt: appointment.confirmedAt,
  createdAt: appointment.createdAt,
  updatedAt: appointment.updatedAt,
});

const forStaff = ({ technicianNotes, needsReplanning, replanning, createdByUserId }: Shown) => ({
  technicianNotes,
  createdByUserId,
  needsReplanning: needsReplanning === true,
  replanning,
});

/** Customers do not see which member of staff cancelled. */
const cancellationFor = (caller: Caller, { cancellation }: Shown) =>
  cancellation === undefined
    ? undefined
    : compact({ ...cancellation, byUserId: isStaffCaller(caller) || cancellation.kind === 'CUSTOMER' ? cancellation.byUserId : undefined });

/** Appointments as lists and answers show them, with the names of technician, customer and device. */
export const viewAppointments = async (
  { users, customers, assets, vehicles }: Pick<Replicas, 'users' | 'customers' | 'assets' | 'vehicles'>,
  caller: Caller,
  appointments: readonly Shown[],
) => {
  const { tenantId } = caller;
  const [people, owners, devices, driven] = await Promise.all([
    users.findMany(
      tenantId,
      appointments.map(({ technicianId }) => technicianId),
    ),
    customers.findMany(
      tenantId,
      appointments.map(({ customerId }) => customerId),
    ),
    assets.findMany(
      tenantId,
      appointments.map(({ assetId }) => assetId),
    ),
    vehicles.findMany(
      tenantId,
      appointments.map(({ vehicleId }) => vehicleId),
    ),
  ]);
  return appointments.map((appointment) => {
    const { technicianId, technicianName = '', customerId, assetId, vehicleId } = appointment;
    const owner = owners.get(customerId);
    return compact({
      ...fieldsOf(appointment),
      version: shownVersion(caller, appointment),
      ...(isStaffCaller(caller) ? { ...forStaff(appointment), vehicle: shownVehicle(vehicleId, driven.get(vehicleId ?? '')) } : {}),
      cancellation: cancellationFor(caller, appointment),
      technician: technicianId === undefined ? undefined : { id: technicianId, name: people.get(technicianId)?.name ?? technicianName },
      customer: { id: customerId, name: owner === undefined ? '' : customerName(owner) },
      asset:
        assetId === undefined
          ? undefined
          : { id: assetId, friendlyName: deviceFor(caller, customerId, devices.get(assetId))?.friendlyName ?? '' },
    });
  });
};

export const viewAppointment = async (replicas: Replicas, caller: Caller, appointment: Shown) => {
  const [view] = await viewAppointments(replicas, caller, [appointment]);
  return view as NonNullable<typeof view>;
};
