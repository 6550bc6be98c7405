import type { Caller } from '@riparo/shared/contracts/caller';
import { isCustomerRole, ROLES, type Role } from '@riparo/shared/contracts/roles';
import { invalidInput } from '@riparo/shared/errors/common-errors';
import { created } from '@riparo/shared/http/reply';
import type { Call, Reply } from '@riparo/shared/http/route';
import { email, oneOf, uuid } from '@riparo/shared/http/schemas';
import Joi from 'joi';
import { customerNotFound } from '../customer/customer.errors.js';
import type { CustomerRepository } from '../customer/customer.repository.js';
import { refuseForeignCustomer } from '../customer/own-customer.js';
import type { MailPermits } from '../mail/mail-permits.js';
import { auditTask } from '../task/task.js';
import type { TaskRunner } from '../task/task-runner.js';
import { mayManage } from './user-policy.js';
import { cannotManage } from './user.errors.js';
import { insertUser, type UserRepository } from './user.repository.js';
import { personFields, technicianFields } from './user.schema.js';
import { newUser, type Profile } from './user.js';
import { userView } from './user.view.js';

interface Body extends Profile {
  readonly email: string;
  readonly role: Role;
  readonly customerId?: string;
}

export const inviteUserInput = {
  body: Joi.object<Body>({
    email: email().required(),
    role: oneOf(ROLES).required(),
    customerId: uuid(),
    ...personFields,
    ...technicianFields,
  }),
};

interface Deps {
  readonly users: UserRepository;
  readonly customers: CustomerRepository;
  readonly mailPermits: MailPermits;
  readonly tasks: TaskRunner;
}

/** The customer that the invited person will belong to; `undefined` for staff. */
const customerOf = async (
  customers: CustomerRepository,
  caller: Caller,
  { role, customerId: named }: Body,
): Promise<string | undefined> => {
  if (!isCustomerRole(role)) {
    if (named !== undefined) throw invalidInput([{ path: 'customerId', message: 'is only for people of a customer' }]);
    return undefined;
  }
  const customerId = named ?? caller.customerId;
  if (customerId === undefined) throw invalidInput([{ path: 'customerId', message: 'is required' }]);
  refuseForeignCustomer(caller, customerId);
  const customer = await customers.in(caller.tenantId).find(customerId);
  if (customer === undefined || customer.status === 'CLOSED') throw customerNotFound();
  return customerId;
};

/** The account is there at once, with no password: the mailed link lets its owner choose one. */
export const inviteUser =
  ({ users, customers, mailPermits, tasks }: Deps) =>
  async (call: Call<Body>): Promise<Reply> => {
    const { caller, body, ids, now, ip } = call;
    if (!mayManage(caller.role, body.role)) throw cannotManage(body.role);
    const customerId = await customerOf(customers, caller, body);
    const permit = await mailPermits.ask({ tenantId: caller.tenantId, to: body.email, ip, sender: caller });
    const id = ids.next();
    const { customerId: _named, ...person } = body;
    const draft = newUser({
      id,
      ...person,
      ...(customerId === undefined ? {} : { customerId }),
      status: 'INVITED',
      tasks: [
        auditTask(ids, call, { type: 'USER_INVITED', subjectUserId: id, details: { role: body.role } }),
        permit.mail(ids, now, 'INVITATION'),
      ],
    });
    const user = await insertUser(users, caller.tenantId, draft);
    await tasks.run(caller.tenantId, user.id);
    return created(`/users/${user.id}`, userView(user), 'The invitation is on its way.');
  };
