import { expect } from 'chai';
import { ROUTE_PATTERNS, routePattern, serviceFor } from '../src/route-table.js';

describe('the table of routes', () => {
  for (const [path, service, pattern] of [
    ['/api/v1/quotes/1/send', 'billing', '/api/v1/quotes/*'],
    ['/api/v1/public/quotes/abc/accept', 'billing', '/api/v1/public/quotes/*'],
    ['/api/v1/public/invoices/abc/invoice.pdf', 'billing', '/api/v1/public/invoices/*'],
    ['/api/v1/public/quotesque', 'tickets', '/api/v1/public/*'],
    ['/quote/abc', 'billing', '/quote/*'],
    ['/quote/abc/accept', 'billing', '/quote/*'],
    ['/quote/abc/decline', 'billing', '/quote/*'],
    ['/api/v1/work-reports/1/approve', 'tickets', '/api/v1/work-reports/*'],
    ['/sign/abc', 'tickets', '/sign/*'],
    ['/sign/abc/approve', 'tickets', '/sign/*'],
    ['/sign/abc/dispute', 'tickets', '/sign/*'],
    ['/', 'notifications', '/'],
    ['/rate/abc', 'tickets', '/rate/*'],
    ['/appointments/abc', 'tickets', '/appointments/*'],
    ['/appointments/abc/confirm', 'tickets', '/appointments/*'],
    ['/appointments/abc/move', 'tickets', '/appointments/*'],
    ['/appointments/abc/cancel', 'tickets', '/appointments/*'],
  ] as const)
    it(`when ${path} is asked for, then ${service} answers, under one label`, () => {
      expect([serviceFor(path), routePattern(path)]).to.deep.equal([service, pattern]);
      expect(ROUTE_PATTERNS).to.include(pattern);
    });

  for (const path of [
    '/quote',
    '/quote/abc/send',
    '/quote/abc/accept/more',
    '/sign',
    '/sign/abc/accept',
    '/rate',
    '/rate/abc/more',
    '/appointments',
    '/appointments/abc/book',
    '/internal/repairs/1',
  ])
    it(`when ${path} is asked for, then no service does`, () => {
      expect(serviceFor(path)).to.equal(undefined);
    });
});
