import { expect } from 'chai';
import { createSignedLinks } from '../../src/http/signed-link.js';
import { createServiceTokens } from '../../src/http/service-token.js';
import { createTestClock } from '../../src/testing/test-clock.js';

describe('signed links', () => {
  const secret = 'a secret of thirty-two characters or more';
  const grant = { tenantId: 'default', subjectId: '0199-ticket', state: 'v1' };
  const inAnHour = new Date('2026-03-02T11:00:00Z');
  const build = () => {
    const clock = createTestClock('2026-03-02T10:00:00Z');
    return { clock, links: createSignedLinks({ secret, clock }) };
  };
  const refused = (act: () => unknown): void => {
    expect(act).to.throw().with.property('code', 'LINK_NOT_VALID');
  };

  it('when used for its purpose in time, then it gives what it was made for', () => {
    const { links } = build();
    expect(links.verify('rating', links.sign('rating', grant, inAnHour))).to.deep.equal(grant);
  });

  it('when it has expired, then it is refused', () => {
    const { clock, links } = build();
    const token = links.sign('rating', grant, inAnHour);
    clock.advance(61 * 60_000);
    refused(() => links.verify('rating', token));
  });

  it('when used for another purpose, then it is refused', () => {
    const { links } = build();
    refused(() => links.verify('appointment', links.sign('rating', grant, inAnHour)));
  });

  it('when a letter of it is changed, it is no token or unsigned, then it is refused', () => {
    const { links } = build();
    const token = links.sign('rating', grant, inAnHour);
    const [head = '', body = ''] = token.split('.');
    const unsigned = `${Buffer.from('{"alg":"none","typ":"JWT"}').toString('base64url')}.${body}.`;
    const other = Buffer.from(JSON.stringify({ aud: 'link:rating', sub: 'another', tid: 'default', exp: 4e9 })).toString('base64url');
    for (const wrong of ['', 'x', unsigned, `${head}.${other}.${token.split('.')[2] ?? ''}`]) refused(() => links.verify('rating', wrong));
  });

  it('when made with another secret or as a service token, then it is refused', () => {
    const { clock, links } = build();
    const foreign = createSignedLinks({ secret: 'another secret of thirty-two characters', clock });
    refused(() => links.verify('rating', foreign.sign('rating', grant, inAnHour)));
    const services = createServiceTokens({ secret, service: 'tickets', clock });
    refused(() => links.verify('internal', services.mint()));
    expect(() => services.verify(links.sign('rating', grant, inAnHour))).to.throw();
  });
});
