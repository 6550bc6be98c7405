import { createMongoRepository } from '@riparo/shared/persistence/mongo-repository';
import type { Repository } from '@riparo/shared/persistence/repository';
import type { Platform } from '@riparo/shared/composition/platform';
import type { ServicePlan } from './service-plan.js';

export const createServicePlanRepository = ({ connection, clock, relay }: Platform): Repository<ServicePlan> =>
  createMongoRepository<ServicePlan>({
    connection,
    service: 'assets',
    collection: 'servicePlans',
    clock,
    relay,
    indexes: [
      { fields: { id: 1 } },
      { fields: { endDate: 1, id: 1 } },
      { fields: { status: 1, endDate: 1, id: 1 } },
      { fields: { customerId: 1, id: 1 } },
      { fields: { customerId: 1, endDate: 1, id: 1 } },
    ],
  });
