import { createTestPlatform, type RunningTestService, type TestPlatform } from '@riparo/shared/testing/test-platform';
import { createBillingService } from '../src/service.js';

export interface Bench extends TestPlatform, RunningTestService {}

/** The real service on a database of its own. */
export const startBench = async (): Promise<Bench> => {
  const world = await createTestPlatform({ service: 'billing' });
  const running = await world.startService((platform) =>
    createBillingService(platform, { PUBLIC_URL: 'https://support.example.com', TICKETS_URL: 'http://127.0.0.1:9' }),
  );
  return { ...running, ...world };
};
