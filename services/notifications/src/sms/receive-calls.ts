import { noContent } from '@riparo/shared/http/reply';
import type { PublicCall, Reply } from '@riparo/shared/http/route';
import { line, uuid } from '@riparo/shared/http/schemas';
import { DomainError } from '@riparo/shared/errors/domain-error';
import Joi from 'joi';
import type { Dependencies } from '../dependencies.js';
import { recordReport, type DeliveryReport } from '../notification/delivery-report.js';
import { INBOUND_PATH, readCall, statusPath, UNSUBSCRIBED } from './twilio.js';

/** 400: the call is not from the provider, was changed on its way, or text messages are off. */
const signatureNotValid = (): DomainError =>
  new DomainError('malformed', 'SIGNATURE_NOT_VALID', 'The signature of this call is not valid.');

type Deps = Pick<Dependencies, 'notifications' | 'stoppedNumbers' | 'twilio'>;

const formOf = async ({ twilio }: Deps, path: string, { signed }: Pick<PublicCall, 'signed'>): Promise<ReadonlyMap<string, string>> => {
  const form = twilio === undefined || signed === undefined ? undefined : await readCall(twilio, path, signed);
  if (form === undefined) throw signatureNotValid();
  return form;
};

export interface About {
  readonly tenantId: string;
  readonly notificationId: string;
  readonly recipientKey: string;
}
export const statusQuery = Joi.object<About>({
  tenantId: line(64).required(),
  notificationId: uuid().required(),
  recipientKey: line(20).required(),
});

const REPORTS: Readonly<Record<string, DeliveryReport>> = { delivered: 'DELIVERED', undelivered: 'UNDELIVERED', failed: 'UNDELIVERED' };

/** `POST /sms/twilio/status`: what became of a message. Calls come twice and out of order; the first end counts. */
export const receiveSmsStatus =
  (deps: Deps) =>
  async (call: PublicCall<unknown, About>): Promise<Reply> => {
    const { tenantId, notificationId, recipientKey } = call.query;
    const form = await formOf(deps, statusPath(tenantId, notificationId, recipientKey), call);
    const report = REPORTS[form.get('MessageStatus') ?? ''];
    if (report !== undefined) {
      const [error, number, all] = [form.get('ErrorCode'), form.get('To') ?? '', deps.notifications.in(tenantId)];
      const recipient = (await all.find(notificationId))?.recipients.find(({ key }) => key === recipientKey);
      // A call that comes again says nothing new: the owner of the number may have answered START since.
      const isNew = recipient !== undefined && recipient.report === undefined;
      if (isNew && error === String(UNSUBSCRIBED) && number !== '') await deps.stoppedNumbers.refused(number);
      await all.update(notificationId, (state) => ({ state: recordReport(state, recipientKey, report, error) }));
    }
    return noContent();
  };

const STOP = ['stop', 'stopall', 'unsubscribe', 'cancel', 'end', 'quit', 'basta', 'ferma', 'annulla', 'disiscrivi'];
const START = ['start', 'unstop', 'riprendi', 'riattiva', 'inizia'];

/** `POST /sms/twilio/inbound`: somebody answers. Only the words that stop messages and bring them back are read. */
export const receiveSms =
  (deps: Deps) =>
  async (call: PublicCall): Promise<Reply> => {
    const form = await formOf(deps, INBOUND_PATH, call);
    const word = (form.get('Body') ?? '').toLowerCase().replace(/[\s\p{P}]/gu, '');
    const [from, answerId] = [form.get('From') ?? '', form.get('MessageSid') ?? ''];
    if (from !== '' && (STOP.includes(word) || START.includes(word)))
      await deps.stoppedNumbers.answered(from, STOP.includes(word), answerId);
    return noContent();
  };
