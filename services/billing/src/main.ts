import { runService } from '@riparo/shared/composition/run-service';
import { configuration } from './config.js';
import { createBillingService } from './service.js';

await runService({ name: 'billing', config: configuration, create: createBillingService });
