import { runService } from '@riparo/shared/composition/run-service';
import { configuration } from './config.js';
import { createNotificationsService } from './service.js';

await runService({ name: 'notifications', config: configuration, create: createNotificationsService });
