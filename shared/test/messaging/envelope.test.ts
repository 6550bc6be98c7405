import { expect } from 'chai';
import { CloudEvent } from 'cloudevents';
import { on } from '../../src/messaging/bus.js';
import { readEnvelope, receive } from '../../src/messaging/envelope.js';
import { buildEvent, WallPainted } from './messaging.builder.js';

const subscriptions = new Map([[WallPainted.type, on(WallPainted, () => Promise.resolve())]]);

const reasonOf = (value: unknown): string => {
  const received = receive(typeof value === 'string' ? value : JSON.stringify(value), subscriptions);
  return received.ok ? 'accepted' : received.reason;
};

describe('event envelope', () => {
  it('when an event is built as services build it, then it is a valid CloudEvent 1.0 and is accepted', () => {
    const event = buildEvent({ traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01' });
    expect(new CloudEvent({ ...event }).validate()).to.equal(true);
    expect(reasonOf(event)).to.equal('accepted');
  });

  const faults: readonly (readonly [string, unknown, string])[] = [
    ['text', 'hello', 'the message is not JSON'],
    ['a list', [], '"value" must be of type object'],
    ['another version of CloudEvents', buildEvent({ specversion: '0.3' as '1.0' }), '"specversion" must be [1.0]'],
    ['no id', { ...buildEvent(), id: undefined }, '"id" is required'],
    ['a time that is none', buildEvent({ time: 'yesterday' }), '"time" must be in iso format'],
    ['an operator where the tenant belongs', { ...buildEvent(), tenantid: { $gt: '' } }, '"tenantid" must be a string'],
    ['a version that does not count', buildEvent({ aggregateversion: 0 }), '"aggregateversion" must be greater than or equal to 1'],
    ['data that is no object', buildEvent({ data: 'green' }), '"data" must be of type object'],
    ['a type that nothing handles', buildEvent({ type: 'riparo.walls.wall-fell.v1' }), 'nothing here handles events of type'],
    ['data that breaks its contract', buildEvent({ data: { colour: 1 } }), 'the data is invalid: "colour" must be a string'],
  ];
  for (const [what, value, reason] of faults)
    it(`when it is ${what}, then it is refused with the reason`, () => {
      expect(reasonOf(value)).to.contain(reason);
    });

  it('when it has several faults, then all are told at once', () => {
    expect(reasonOf({ ...buildEvent(), tenantid: 1, subject: '' }))
      .to.contain('"tenantid"')
      .and.to.contain('"subject"');
  });

  it('when a newer publisher sends more, then attributes and data unknown here are let through', () => {
    const event = { ...buildEvent({ data: { colour: 'green', gloss: 3 } }), region: 'eu' };
    const received = receive(JSON.stringify(event), subscriptions);
    expect(received.ok && received.event).to.deep.equal(event);
  });

  it('when it is only read, then data is not looked at, and what is no envelope stays text', () => {
    const event = buildEvent({ type: 'riparo.walls.wall-fell.v1' });
    expect(readEnvelope(JSON.stringify(event))).to.deep.equal(event);
    expect(readEnvelope('{"specversion":"1.0"}')).to.deep.equal({ raw: '{"specversion":"1.0"}' });
  });
});
