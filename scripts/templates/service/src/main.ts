import { runService } from '@riparo/shared/composition/run-service';
import { configuration } from './config.js';
import { create__Name__Service } from './service.js';

await runService({ name: '__name__', config: configuration, create: create__Name__Service });
