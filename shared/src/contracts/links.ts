/** Purposes of signed links. One service puts the link into a mail; another service does what the link allows. */

/** The link rates a closed ticket; its subject is the ticket's id. */
export const RATING_LINK = 'rating';

/**
 * The link confirms or cancels an appointment; its subject is the appointment's id, its state the start (ISO 8601 UTC).
 * When the appointment is moved, the start changes and the old link is void.
 */
export const APPOINTMENT_LINK = 'appointment';

/**
 * Path below `PUBLIC_URL` of a repair's public status page. Whoever knows the repair's number and the device's serial
 * number may read the page.
 */
export const repairStatusPath = ({
  number,
  device,
}: {
  readonly number: string;
  readonly device: { readonly serialNumber: string };
}): string => `/repair-status?${new URLSearchParams({ number, serialNumber: device.serialNumber }).toString()}`;
