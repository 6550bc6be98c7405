import { createHmac } from 'node:crypto';
import type { RequestListener } from 'node:http';
import { text } from 'node:stream/consumers';
import { listen } from '../composition/http-server.js';

export const TWILIO_ACCOUNT_SID = `AC${'0'.repeat(32)}`;
export const TWILIO_AUTH_TOKEN = 'auth_token_of_the_tests';

/** A message as the provider took it. */
export interface TakenSms {
  readonly sid: string;
  readonly to: string;
  readonly from: string;
  readonly body: string;
  readonly statusCallback: string;
}

/** What the next request is answered with instead: a refusal with its code, or nothing after it was carried out. */
export type TwilioFault = { readonly status: number; readonly code: number } | 'hang up';

/** How the provider signs its calls: the address, then names and values of the form in the order of the names. */
export const signTwilioCall = (url: string, form: Readonly<Record<string, string>>): string => {
  const signed = Object.keys(form)
    .sort()
    .reduce((sum, name) => sum + name + (form[name] ?? ''), url);
  return createHmac('sha1', TWILIO_AUTH_TOKEN).update(signed).digest('base64');
};

/** A server of our own that speaks the part of Twilio's API which is used: it takes messages. */
export const startTwilioServer = async () => {
  const messages: TakenSms[] = [];
  const faults: TwilioFault[] = [];
  const expected = `Basic ${Buffer.from(`${TWILIO_ACCOUNT_SID}:${TWILIO_AUTH_TOKEN}`).toString('base64')}`;

  const answerTo = async (...[request, response]: Parameters<RequestListener>): Promise<void> => {
    const form = Object.fromEntries(new URLSearchParams(await text(request)));
    const reply = (status: number, body: unknown): void => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    };
    const fault = faults.shift();
    if (request.headers.authorization !== expected) {
      reply(401, { code: 20003, message: 'Authenticate', status: 401 });
      return;
    }
    if (request.url !== `/2010-04-01/Accounts/${TWILIO_ACCOUNT_SID}/Messages.json`) {
      reply(404, { code: 20404, message: 'not found', status: 404 });
      return;
    }
    if (fault !== undefined && fault !== 'hang up') {
      reply(fault.status, { ...fault, message: 'refused by the test' });
      return;
    }
    const sid = `SM${String(messages.length).padStart(32, '0')}`;
    const { To: to = '', From, MessagingServiceSid, Body: body = '', StatusCallback: statusCallback = '' } = form;
    messages.push({ sid, to, from: From ?? MessagingServiceSid ?? '', body, statusCallback });
    if (fault === 'hang up') response.destroy();
    else reply(201, { sid, status: 'queued', to, body });
  };
  const server = await listen((request, response) => void answerTo(request, response), { port: 0, host: '127.0.0.1' });
  return { url: `http://127.0.0.1:${server.port}`, messages, faults, stop: () => server.close() };
};

export type TwilioServer = Awaited<ReturnType<typeof startTwilioServer>>;
