import { runService } from '@riparo/shared/runtime/run-service';
import { configuration } from './config.js';
import { createTicketsService } from './service.js';

await runService({ name: 'tickets', config: configuration, create: createTicketsService });
