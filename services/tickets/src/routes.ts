import type { Route } from '@riparo/shared/http/route';
import { appointmentRoutes } from './appointment/appointment.routes.js';
import { assignmentRoutes } from './assignment/assignment.routes.js';
import { attachmentRoutes } from './conversation/attachment/attachment.routes.js';
import type { Dependencies } from './dependencies.js';
import { internalRoutes } from './internal/internal.routes.js';
import { repairRoutes } from './repair/repair.routes.js';
import { workReportRoutes } from './work-report/work-report.routes.js';
import { ticketRoutes } from './ticket/ticket.routes.js';

/** Every endpoint, wing by wing. */
export const routes = (deps: Dependencies): readonly Route[] => [
  ...assignmentRoutes(deps),
  ...ticketRoutes(deps),
  ...attachmentRoutes(deps),
  ...repairRoutes(deps),
  ...appointmentRoutes(deps),
  ...workReportRoutes(deps),
  ...internalRoutes(deps),
];
