import { runService } from '@riparo/shared/composition/run-service';
import { configuration } from './config.js';
import { createReportsService } from './service.js';

await runService({ name: 'reports', config: configuration, create: createReportsService });
