import { SKILLS, type Skill } from '@riparo/shared/contracts/enums';
import { TECHNICIAN_ROLES } from '@riparo/shared/contracts/roles';
import { pageQuery, toSort, type PageRequest } from '@riparo/shared/http/pagination';
import { list } from '@riparo/shared/http/reply';
import type { Call, Reply } from '@riparo/shared/http/route';
import { line, oneOf } from '@riparo/shared/http/schemas';
import Joi from 'joi';
import type { SettingsRepository } from '../settings/settings.repository.js';
import { isOnDuty } from './duty.js';
import type { UserRepository } from './user.repository.js';
import { technicianView } from './user.view.js';

interface Filters {
  readonly skill?: Skill;
  readonly region?: string;
  readonly available?: boolean;
}

export const listTechniciansInput = {
  query: pageQuery<Filters>(['createdAt', 'name'], { skill: oneOf(SKILLS), region: line(100), available: Joi.boolean() }),
};

/** More technicians than any centre has; on-duty hours are compared here, not by the database. */
const MAX_TECHNICIANS = 2_000;

interface Deps {
  readonly users: UserRepository;
  readonly settings: SettingsRepository;
}

/** Active technicians; `available` tells who works at this moment by their hours in the centre's time zone. */
export const listTechnicians =
  ({ users, settings }: Deps) =>
  async ({ caller: { tenantId }, query, now }: Call<unknown, PageRequest & Filters>): Promise<Reply> => {
    const { page, pageSize, sort, skill, region, available } = query;
    const filter = {
      role: { $in: [...TECHNICIAN_ROLES] },
      status: 'ACTIVE' as const,
      ...(skill === undefined ? {} : { skills: skill }),
      ...(region === undefined ? {} : { defaultRegion: region }),
    };
    if (available === undefined) {
      const found = await users.in(tenantId).page({ filter, sort: toSort(sort), page, pageSize });
      return list({ ...found, items: found.items.map(technicianView) });
    }
    const { timeZone } = await settings.of(tenantId);
    const all = await users.in(tenantId).list(filter, { sort: toSort(sort), limit: MAX_TECHNICIANS });
    const wanted = all.filter((technician) => isOnDuty(technician.availability, timeZone, now) === available);
    const items = wanted.slice((page - 1) * pageSize, page * pageSize).map(technicianView);
    return list({ items, page, pageSize, totalCount: wanted.length });
  };
