import { createInternalClient } from '@riparo/shared/http/internal-client';
import { runService } from '@riparo/shared/composition/run-service';
import { configuration } from './config.js';
import { createBillingService } from './service.js';

await runService({
  name: 'billing',
  config: configuration,
  create: (platform, config) => {
    const auth = createInternalClient({ service: 'auth', baseUrl: config.AUTH_URL, tokens: platform.serviceTokens });
    return createBillingService(platform, config, { auth });
  },
});
