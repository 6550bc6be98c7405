import { runService } from '@riparo/shared/runtime/run-service';
import { configuration } from './config.js';
import { createAssetsService } from './service.js';

await runService({ name: 'assets', config: configuration, create: createAssetsService });
