import { runService } from '@riparo/shared/composition/run-service';
import { configuration } from './config.js';
import { createAuthService, type AuthService } from './service.js';

const start = async (): Promise<void> => {
  let auth: AuthService | undefined;
  await runService({
    name: 'auth',
    config: configuration,
    // Auth verifies with the keys it signs with; they exist once the service is made.
    keys: () => Promise.resolve({ find: async (kid) => auth?.keys.find(kid) }),
    create: (platform, config) => {
      auth = createAuthService(platform, config, {
        onInitialAdmin: ({ email, password }) => {
          // The one moment at which anybody can learn it; not through the log, which is kept.
          if (password !== undefined) process.stdout.write(`SUPER_ADMIN ${email} was made with the password ${password}\n`);
        },
      });
      return auth;
    },
  });
};

await start();
