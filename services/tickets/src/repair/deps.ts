import type { AttachFiles } from '../conversation/attachment/attach-files.js';
import type { CustomerLookup } from '../replica/customer-lookup.js';
import type { AssetLookup } from '../replica/asset-lookup.js';
import type { Replicas } from '../replica/replicas.js';
import type { Technicians } from '../technician/technician.repository.js';
import type { RulesOf } from '../kernel/tenant-rules.js';
import type { CurrencyOf } from './payment/currency.js';
import type { PasswordVault } from './device-password/device-password.js';
import type { RegisterDevice } from './intake/register-device.js';
import type { GuessLimiter } from './public-status/guess-limiter.js';
import type { Repairs } from './repair.repository.js';

/** What use cases of the repair desk are made from; each names the few it needs. */
export interface RepairDeps {
  readonly repairs: Repairs;
  readonly replicas: Replicas;
  readonly assetLookup: AssetLookup;
  /** Whom repairs can be given to. */
  readonly technicians: Technicians;
  readonly rulesOf: RulesOf;
  /** ISO 4217, in which a tenant charges. */
  readonly currencyOf: CurrencyOf;
  readonly attachFiles: AttachFiles;
  readonly customerLookup: CustomerLookup;
  readonly registerDevice: RegisterDevice;
  readonly vault: PasswordVault;
  readonly guessLimiter: GuessLimiter;
  /** Without a slash at its end. */
  readonly publicUrl: string;
}
