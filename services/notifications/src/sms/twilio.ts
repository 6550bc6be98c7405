import type { Twilio } from 'twilio';
import type { NotificationsConfig } from '../config.js';

/** What is needed to send text messages; `undefined` when they are off. */
export interface TwilioSettings {
  readonly accountSid: string;
  readonly authToken: string;
  /** A number, a name, or the SID of a messaging service. */
  readonly from: string;
  readonly apiUrl: string;
  readonly publicUrl: string;
}

/** All three keys or none: half an account could only fail later. */
export const twilioSettings = (config: NotificationsConfig): TwilioSettings | undefined => {
  const { TWILIO_ACCOUNT_SID: accountSid, TWILIO_AUTH_TOKEN: authToken, TWILIO_FROM: from } = config;
  if (accountSid === undefined && authToken === undefined && from === undefined) return undefined;
  if (accountSid === undefined || authToken === undefined || from === undefined)
    throw new Error('TWILIO_ACCOUNT_SID, TWILIO_AUTH_TOKEN and TWILIO_FROM belong together: set all of them or none');
  return { accountSid, authToken, from, apiUrl: config.TWILIO_API_URL, publicUrl: config.PUBLIC_URL };
};

const OFFICIAL = 'https://api.twilio.com';
/** A hand-over of a mail may take longer; the claim outlasts both. */
const TIMEOUT_MS = 8_000;

/** Loaded with the first message only: the library takes 30 MB of memory. */
export const openTwilio = async ({ accountSid, authToken, apiUrl }: TwilioSettings): Promise<Twilio> => {
  const { default: twilio } = await import('twilio');
  const client = new twilio.RequestClient({ timeout: TIMEOUT_MS });
  const to = apiUrl.replace(/\/+$/, '');
  const httpClient: typeof client = Object.create(client, {
    request: {
      value: (options: Parameters<typeof client.request>[0]) => client.request({ ...options, uri: options.uri.replace(OFFICIAL, to) }),
    },
  }) as typeof client;
  return twilio(accountSid, authToken, to === OFFICIAL ? {} : { httpClient });
};

/** The provider's code for a number whose owner has answered STOP. */
export const UNSUBSCRIBED = 21_610;

/** Where the provider tells what became of a message; the address says of which, and is signed with the call. */
export const statusPath = (tenantId: string, notificationId: string, recipientKey: string): string =>
  `/api/v1/sms/twilio/status?${new URLSearchParams({ tenantId, notificationId, recipientKey }).toString()}`;

export const INBOUND_PATH = '/api/v1/sms/twilio/inbound';
export const SIGNATURE_HEADER = 'x-twilio-signature';

/** The form of a call whose signature is right; `undefined` for every other call. */
export const readCall = async (
  { authToken, publicUrl }: TwilioSettings,
  path: string,
  { bytes, signature }: { readonly bytes: Buffer; readonly signature: string },
): Promise<ReadonlyMap<string, string> | undefined> => {
  const { default: twilio } = await import('twilio');
  const form = new Map(new URLSearchParams(bytes.toString('utf8')));
  return twilio.validateRequest(authToken, signature, `${publicUrl}${path}`, Object.fromEntries(form)) ? form : undefined;
};
