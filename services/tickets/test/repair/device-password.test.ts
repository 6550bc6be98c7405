import { isDomainError } from '@riparo/shared/errors/domain-error';
import { ConfigError } from '@riparo/shared/config/load-config';
import { expect } from 'chai';
import fc from 'fast-check';
import { loadTicketsConfig } from '../../src/config.js';
import { createPasswordVault } from '../../src/repair/device-password/device-password.js';

const KEY = 'a1'.repeat(32);
const OTHER = 'b2'.repeat(32);
const OWNER = { tenantId: 'default', repairId: '0199a0f0-0000-7000-8000-000000000001' };

const vaultOf = (current: string, ...old: readonly string[]) =>
  createPasswordVault({ DEVICE_PASSWORD_KEY: current, DEVICE_PASSWORD_OLD_KEYS: old });
const vault = vaultOf(KEY);

const codeOf = (open: () => string): string => {
  try {
    return `opened: ${open()}`;
  } catch (error) {
    return isDomainError(error) ? error.code : String(error);
  }
};
const UNREADABLE = 'DEVICE_PASSWORD_UNREADABLE';
/** Another first byte. */
const altered = (text: string): string => {
  const bytes = Buffer.from(text, 'base64');
  bytes[0] = bytes.readUInt8(0) ^ 1;
  return bytes.toString('base64');
};

describe('device passwords', () => {
  it('when a password is sealed, then it comes out as it went in', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, maxLength: 200, unit: 'grapheme' }), (password) => {
        const sealed = vault.sealPassword(OWNER, password);
        expect(vault.openPassword(OWNER, sealed)).to.equal(password);
        if (password.length > 12) expect(Buffer.from(sealed.sealed, 'base64').toString('utf8')).to.not.equal(password);
      }),
    );
  });

  it('when the same password is sealed twice, then nobody sees that it is the same', () => {
    const [one, two] = [vault.sealPassword(OWNER, '1234'), vault.sealPassword(OWNER, '1234')];
    expect(one.sealed).to.not.equal(two.sealed);
    expect(one.nonce).to.not.equal(two.nonce);
  });

  for (const field of ['sealed', 'tag', 'nonce'] as const)
    it(`when ${field} was altered, then it is refused`, () => {
      const sealed = vault.sealPassword(OWNER, 'secret');
      expect(codeOf(() => vault.openPassword(OWNER, { ...sealed, [field]: altered(sealed[field]) }))).to.equal(UNREADABLE);
    });

  it('when the tag was cut short, then it is refused', () => {
    const sealed = vault.sealPassword(OWNER, 'secret');
    const tag = Buffer.from(sealed.tag, 'base64').subarray(0, 4).toString('base64');
    expect(codeOf(() => vault.openPassword(OWNER, { ...sealed, tag }))).to.equal(UNREADABLE);
  });

  it("when it is put into another repair or another tenant's, then it is refused", () => {
    const sealed = vault.sealPassword(OWNER, 'secret');
    expect(codeOf(() => vault.openPassword({ ...OWNER, repairId: '0199a0f0-0000-7000-8000-000000000002' }, sealed))).to.equal(UNREADABLE);
    expect(codeOf(() => vault.openPassword({ ...OWNER, tenantId: 'other' }, sealed))).to.equal(UNREADABLE);
  });

  it('when the key was changed, then older passwords open as long as the old key is given', () => {
    const before = vault.sealPassword(OWNER, 'before');
    const rotated = vaultOf(OTHER, KEY);
    expect(rotated.openPassword(OWNER, before)).to.equal('before');
    const after = rotated.sealPassword(OWNER, 'after');
    expect(codeOf(() => vault.openPassword(OWNER, after))).to.equal(UNREADABLE);
    expect(codeOf(() => vaultOf(OTHER).openPassword(OWNER, before))).to.equal(UNREADABLE);
  });
});

describe('DEVICE_PASSWORD_KEY', () => {
  const faultsOf = (env: Readonly<Record<string, string>>): string => {
    try {
      loadTicketsConfig(env);
      return '';
    } catch (error) {
      return error instanceof ConfigError ? error.message : String(error);
    }
  };
  const base64 = Buffer.alloc(32, 7).toString('base64');

  it('when it has 32 bytes in hex or base64, then it is taken', () => {
    for (const DEVICE_PASSWORD_KEY of [KEY, base64, base64.slice(0, 43)]) expect(faultsOf({ DEVICE_PASSWORD_KEY })).to.equal('');
    expect(
      loadTicketsConfig({ DEVICE_PASSWORD_KEY: KEY, DEVICE_PASSWORD_OLD_KEYS: `${OTHER}, ${base64}` }).DEVICE_PASSWORD_OLD_KEYS,
    ).to.deep.equal([OTHER, base64]);
  });

  it('when it is missing, or a key has another length, then the start is refused without showing it', () => {
    expect(faultsOf({})).to.contain('DEVICE_PASSWORD_KEY');
    for (const wrong of ['short', KEY.slice(2), 'zz'.repeat(32)]) {
      expect(faultsOf({ DEVICE_PASSWORD_KEY: wrong }))
        .to.contain('DEVICE_PASSWORD_KEY')
        .and.not.contain(wrong);
      expect(faultsOf({ DEVICE_PASSWORD_KEY: KEY, DEVICE_PASSWORD_OLD_KEYS: wrong })).to.contain('DEVICE_PASSWORD_OLD_KEYS');
    }
  });
});
