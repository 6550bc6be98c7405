import type { InternalClient } from '@riparo/shared/http/internal-client';
import type { SignedLinks } from '@riparo/shared/http/signed-link';
import type { Platform } from '@riparo/shared/composition/platform';
import { createPrinter, type Printer } from '@riparo/shared/pdf/create-printer';
import type { TicketsConfig } from '../config.js';
import { createAcrossTenants } from '@riparo/shared/persistence/across-tenants';
import { forgetDevicePasswords, PASSWORD_INDEX } from './device-password/forget-device-passwords.js';
import { createGiveBackRepairs } from './give-back-repairs.js';
import type { AttachFiles } from '../conversation/attachment/attach-files.js';
import { createCustomerLookup, type CustomerLookup } from '../replica/customer-lookup.js';
import type { AssetLookup } from '../replica/asset-lookup.js';
import type { Replicas } from '../replica/replicas.js';
import type { Technicians } from '../technician/technician.repository.js';
import { LOOK_INDEX, lookAfterPickups } from './pickup/look-after-pickups.js';
import { createTermsOf, type TermsOf } from '../kernel/centre-terms.js';
import type { RulesOf } from '../kernel/tenant-rules.js';
import { createPasswordVault, type PasswordVault } from './device-password/device-password.js';
import { createFindReserved, type FindReserved } from './parts/find-reserved.js';
import { createRegisterDevice, type RegisterDevice } from './intake/register-device.js';
import { createGuessLimiter, type GuessLimiter } from './public-status/guess-limiter.js';
import type { Repairs } from './repair.repository.js';
import type { AppointmentOf, BookPreferred } from '../kernel/preferred-time.js';
import type { RepairState } from './repair.js';
import { createDescribeIntake, type DescribeIntake } from './intake/describe-intake.js';
import { type WriteRepair, createWriteRepair } from './intake/write-repair.js';
import { type CurrencyOf, createCurrencyOf } from './payment/money.js';
import { createClaims, type Claims } from './warranty/find-claimable.js';

/** Dependencies of the repair use cases; each use case names the few that it needs. */
export interface RepairDeps {
  readonly repairs: Repairs;
  readonly replicas: Replicas;
  readonly assetLookup: AssetLookup;
  /** Technicians to whom repairs can be assigned. */
  readonly technicians: Technicians;
  readonly rulesOf: RulesOf;
  /** The currency in which a tenant charges (ISO 4217). */
  readonly currencyOf: CurrencyOf;
  readonly termsOf: TermsOf;
  readonly claims: Claims;
  readonly attachFiles: AttachFiles;
  readonly appointmentOf: AppointmentOf;
  readonly bookForRepair: BookPreferred<RepairState>;
  readonly describeIntake: DescribeIntake;
  readonly writeRepair: WriteRepair;
  readonly customerLookup: CustomerLookup;
  readonly registerDevice: RegisterDevice;
  readonly findReserved: FindReserved;
  readonly vault: PasswordVault;
  readonly guessLimiter: GuessLimiter;
  readonly print: Printer;
  readonly links: SignedLinks;
  /** Address of the installation, without a slash at its end. */
  readonly publicUrl: string;
}

interface Below {
  readonly repairs: Repairs;
  readonly replicas: Replicas;
  readonly assetLookup: AssetLookup;
  readonly rulesOf: RulesOf;
  readonly attachFiles: AttachFiles;
  /** Clients of the assets service and of auth; without auth no customer can be created. */
  readonly assets: InternalClient;
  readonly auth: InternalClient | undefined;
}

/** Creates the look-ups in other services, the vault of device passwords and the intake. */
export const createRepairDependencies = (
  platform: Pick<Platform, 'clock' | 'ids' | 'connection' | 'log'>,
  config: TicketsConfig,
  below: Below,
) => {
  const { clock, ids } = platform;
  const withPassword = createAcrossTenants(platform, 'repairs', [PASSWORD_INDEX]);
  const waiting = createAcrossTenants(platform, 'repairs', [LOOK_INDEX]);
  const { repairs, replicas, assets, auth } = below;
  const customerLookup = createCustomerLookup(replicas, auth);
  const currencyOf = createCurrencyOf(replicas, config.DEFAULT_CURRENCY);
  const registerDevice = createRegisterDevice(replicas, assets, customerLookup);
  const vault = createPasswordVault(config);
  const termsOf = createTermsOf(replicas);
  const claims = createClaims({ repairs });
  return {
    currencyOf,
    termsOf,
    claims,
    giveBackRepairs: createGiveBackRepairs({ repairs, clock, ids }),
    customerLookup,
    registerDevice,
    findReserved: createFindReserved(replicas, assets),
    vault,
    describeIntake: createDescribeIntake({ ...below, customerLookup, registerDevice, vault, currencyOf, claims, termsOf }),
    writeRepair: createWriteRepair(below),
    forgetDevicePasswords: forgetDevicePasswords({ repairs, withPassword, clock, ids, keptDays: config.DEVICE_PASSWORD_DAYS }),
    lookAfterPickups: lookAfterPickups({ ...platform, repairs, waiting, rulesOf: below.rulesOf, termsOf }),
    repairStores: [withPassword, waiting],
    guessLimiter: createGuessLimiter(),
    print: createPrinter(),
  };
};
