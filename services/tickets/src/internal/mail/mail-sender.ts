import { DEFAULT_TENANT, type Caller } from '@riparo/shared/contracts/caller';
import { roleMay, type Permission } from '@riparo/shared/contracts/permissions';
import { forbidden, notFound } from '@riparo/shared/errors/common-errors';
import { uuid } from '@riparo/shared/http/schemas';
import Joi from 'joi';
import type { Replicas } from '../../replica/replicas.js';

/** Whom a mail counts as: the service that read it has found out who sent it. */
export interface Sender {
  readonly tenantId: string;
  readonly userId: string;
}

export const senderFields = { tenantId: Joi.string().max(64).default(DEFAULT_TENANT), userId: uuid().required() };

/** The sender as a caller. Their rights are those of now, and those of their account, as if they had signed in. */
export const callerOfSender = async (
  { replicas }: { readonly replicas: Pick<Replicas, 'users'> },
  { tenantId, userId }: Sender,
  permission: Permission,
): Promise<Caller> => {
  const user = await replicas.users.find(tenantId, userId);
  if (user === undefined || user.removed) throw notFound('user');
  const { role, name, email, customerId, status } = user;
  if (status !== 'ACTIVE' || !roleMay(role, permission)) throw forbidden('The account of the sender may not do this.');
  return { tenantId, userId, role, name, email, ...(customerId === undefined ? {} : { customerId }), sessionId: 'mail' };
};
