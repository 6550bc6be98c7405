import {
  signTwilioCall,
  startTwilioServer,
  TWILIO_ACCOUNT_SID,
  TWILIO_AUTH_TOKEN,
  type TwilioServer,
} from '@riparo/shared/testing/twilio-server';
import { expect } from 'chai';
import { startCrowd, type Crowd } from './crowd.js';

const INBOUND = '/api/v1/sms/twilio/inbound';
const SMS = { channels: ['SMS'] };

describe('an announcement as a text message', () => {
  let twilio: TwilioServer;
  let crowd: Crowd;
  beforeEach(async () => {
    twilio = await startTwilioServer();
    const config = { TWILIO_ACCOUNT_SID, TWILIO_AUTH_TOKEN, TWILIO_FROM: '+390591234567', TWILIO_API_URL: twilio.url };
    crowd = await startCrowd({ config });
  });
  afterEach(async () => {
    await crowd.bench.stop();
    await twilio.stop();
  });

  it('when some have no number, then these are left out with the reason, as previewed', async () => {
    const { knowCustomer, knowPerson, post, announced, recipients } = crowd;
    const { id: customerId } = await knowCustomer();
    const [reached, silent] = [await knowPerson(customerId, { phone: '+39 333 123 4567' }), await knowPerson(customerId)];
    const contact = await knowCustomer({ contactPhone: '+39 333 765 4321' });
    const preview = (await post<{ channels: object[]; textMessage: string }>('/announcements/preview', SMS)).body.data;
    expect(preview.channels).to.deep.equal([
      { channel: 'SMS', reached: 2, leftOut: { NO_ADDRESS: 1, SWITCHED_OFF: 0, ADDRESS_FAILED: 0 } },
    ]);
    expect(twilio.messages).to.deep.equal([]);
    const { id, results } = await announced(SMS);
    expect(results).to.deep.equal({ WAITING: 0, SENT: 2, FAILED: 0, LEFT_OUT: 1 });
    expect(twilio.messages.map(({ to }) => to)).to.have.members(['+393331234567', '+393337654321']);
    expect(new Set(twilio.messages.map(({ body }) => body))).to.deep.equal(new Set([preview.textMessage]));
    const rows = await recipients(id);
    expect(rows.find(({ userId }) => userId === silent.id)).to.include({ result: 'LEFT_OUT', reason: 'has no phone number' });
    for (const who of [reached.id, contact.id])
      expect(rows.find(({ userId, customerId: named }) => [userId, named].includes(who))?.result).to.equal('SENT');
  });

  it('when a number has answered STOP, then it is left out, as previewed', async () => {
    const { bench, knowCustomer, post, announced, recipients } = crowd;
    const { id: customerId } = await knowCustomer({ contactPhone: '+39 333 765 4321' });
    const form = { From: '+393337654321', Body: 'STOP', MessageSid: 'SM1' };
    const headers = {
      'content-type': 'application/x-www-form-urlencoded',
      'x-twilio-signature': signTwilioCall(`https://support.test${INBOUND}`, form),
    };
    const stop = await bench.api.request('POST', INBOUND, new URLSearchParams(form).toString(), { root: true, headers });
    expect(stop.status).to.equal(204);
    const preview = (await post<{ channels: readonly object[] }>('/announcements/preview', SMS)).body.data;
    expect(preview.channels).to.deep.equal([
      { channel: 'SMS', reached: 0, leftOut: { NO_ADDRESS: 0, SWITCHED_OFF: 1, ADDRESS_FAILED: 0 } },
    ]);
    const { id } = await announced(SMS);
    expect(twilio.messages).to.deep.equal([]);
    const left = await recipients(id, '&result=LEFT_OUT');
    expect(left.map((each) => [each.customerId, each.reason])).to.deep.equal([[customerId, 'the number has answered STOP']]);
  });
});
