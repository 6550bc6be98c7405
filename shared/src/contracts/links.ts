/** Purposes of signed links: one service puts the link into a mail, another does what it grants. */

/** Rates a closed ticket; the subject is the ticket's id. */
export const RATING_LINK = 'rating';

/** Confirms or cancels an appointment; the subject is its id, the state its start (ISO 8601 UTC): a moved one needs a new link. */
export const APPOINTMENT_LINK = 'appointment';

/** Below `PUBLIC_URL`: the page where whoever has a repair's number and its device's serial number reads how far it is. */
export const repairStatusPath = ({
  number,
  device,
}: {
  readonly number: string;
  readonly device: { readonly serialNumber: string };
}): string => `/repair-status?${new URLSearchParams({ number, serialNumber: device.serialNumber }).toString()}`;
