import { randomUUID } from 'node:crypto';
import { expect } from 'chai';
import { buildMail, buildMultipart, text } from './corpus/build-mail.js';
import { BOUNCES } from './corpus/bounces.js';
import { AWAY, FORWARDED, INLINE, TOP_POSTED } from './corpus/replies.js';
import { openMailRoom, type MailRoom } from './mail-room.js';

const JPEG = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.alloc(20_000, 7)]);

describe('mails as people and programs write them', () => {
  let room: MailRoom;
  let number: string;
  before(async () => {
    room = await openMailRoom();
    number = room.tickets.knows({ visibleTo: [room.rosa.id] }).number;
  });
  after(() => room.stop());
  // The limit of mails of one sender in an hour is another test's.
  beforeEach(() => room.bench.clock.advance(3_700_000));

  const reply = (body: string): Buffer => buildMail({ subject: `Re: [${number}] The printer`, body });

  for (const [make, { body, shown }] of Object.entries(TOP_POSTED)) {
    it(`when a reply quotes what it answers (${make}), then the ticket shows what is new, and all is kept`, async () => {
      const mail = await room.deliver(reply(body));
      expect(mail.status).to.equal('REPLIED');
      expect(room.tickets.replies.at(-1)).to.include({ body: shown, userId: room.rosa.id });
      expect(mail.text).to.equal(body.trim());
    });
  }

  it('when answers stand between the questions, then the questions stay', async () => {
    await room.deliver(reply(INLINE));
    const shown = room.tickets.replies.at(-1)!.body;
    for (const part of ['Which model is it?', 'XPS 13', 'Since when?', 'Monday']) expect(shown).to.contain(part);
  });

  it('when a mail is passed on, then what is passed on can be read', async () => {
    const mail = await room.deliver(buildMail({ subject: 'Fwd: paper jam', body: FORWARDED }));
    expect(mail.status).to.equal('TICKET_OPENED');
    expect(mail.text).to.contain('The tray is broken.');
    expect(room.tickets.openings.at(-1)!.description).to.contain('The tray is broken.');
  });

  for (const [language, subject] of Object.entries(AWAY)) {
    it(`when somebody is out of office (${language}), then the mail is ignored with or without a header`, async () => {
      const before = room.tickets.replies.length;
      for (const headers of [['Auto-Submitted: auto-replied'], []])
        expect(await room.deliver(buildMail({ subject: `${subject} [${number}]`, headers }))).to.include({
          status: 'IGNORED',
          kind: 'AUTO_REPLY',
        });
      expect(room.tickets.replies).to.have.length(before);
    });
  }

  for (const [make, bounce] of Object.entries(BOUNCES)) {
    it(`when ${make} comes back, then it is a bounce and no reply`, async () => {
      const raw = bounce({ address: 'rosa@customer.test', messageId: `${randomUUID()}.1@riparo.test` });
      expect(await room.deliver(raw)).to.include({ status: 'IGNORED', kind: 'BOUNCE' });
    });
  }

  it('when a mailing list, a newsletter or an old program writes, then it is ignored', async () => {
    const kinds = [
      ['List-Id: <news.customer.test>', 'BULK'],
      ['Precedence: bulk', 'BULK'],
      ['List-Unsubscribe: <https://news.customer.test/off>', 'BULK'],
      ['X-Autoreply: yes', 'AUTO_REPLY'],
      ['Precedence: auto_reply', 'AUTO_REPLY'],
    ] as const;
    for (const [header, kind] of kinds)
      expect(await room.deliver(buildMail({ headers: [header] }))).to.include({ status: 'IGNORED', kind });
    expect(await room.deliver(buildMail({ headers: ['Auto-Submitted: no'] }))).to.include({ status: 'TICKET_OPENED' });
  });

  it('when an invitation to a calendar comes, then it is ignored', async () => {
    const invitation = {
      contentType: 'text/calendar; method=REQUEST; charset=utf-8',
      content: 'BEGIN:VCALENDAR\nMETHOD:REQUEST\nEND:VCALENDAR\n',
    };
    const raw = buildMultipart([text('You are invited'), invitation], { contentType: 'multipart/alternative' });
    expect(await room.deliver(raw)).to.include({ status: 'IGNORED', kind: 'CALENDAR' });
  });

  it('when a mail is in windows-1252 or ISO-2022-JP, then it can be read', async () => {
    // The dash and the euro sign are 0x96 and 0x80 in windows-1252 alone.
    const western = Buffer.from('Così non va \x96 più carta, 5 \x80', 'latin1');
    const latin = await room.deliver(buildMail({ contentType: 'text/plain; charset=windows-1252', body: western }));
    expect(latin.text).to.equal('Così non va – più carta, 5 €');
    const japanese = Buffer.from('1b244225572a33732a3f1b2842', 'hex');
    const subject = '=?ISO-2022-JP?B?GyRCJVclaiVzJT8bKEI=?=';
    const mail = await room.deliver(
      buildMail({ subject, contentType: 'text/plain; charset=ISO-2022-JP', encoding: '7bit', body: japanese }),
    );
    expect(mail.subject).to.equal('プリンタ');
    expect(mail.status).to.equal('TICKET_OPENED');
  });

  it('when the structure of a mail is broken, then its text is kept all the same', async () => {
    const broken = {
      'no closing boundary': buildMail({
        contentType: 'multipart/mixed; boundary="x"',
        body: '--x\nContent-Type: text/plain\n\nHelp, it smokes\n--x\nContent-Type: image/jpeg\nContent-Transfer-Encoding: base64\n\n/9j/',
      }),
      'an unknown charset': buildMail({ contentType: 'text/plain; charset=no-such-thing', body: 'Help, it smokes' }),
      'bytes outside of UTF-8': buildMail({ body: Buffer.concat([Buffer.from('Help, it smokes '), Buffer.from([0xff, 0xfe, 0x00])]) }),
      'broken Base64': buildMail({ encoding: 'base64', body: `${Buffer.from('Help, it smokes').toString('base64')}@@@` }),
      'no content type': Buffer.from('From: rosa@customer.test\r\nSubject: Help\r\n\r\nHelp, it smokes'),
    };
    for (const [what, raw] of Object.entries(broken)) {
      const mail = await room.deliver(raw);
      expect(mail.text, what).to.contain('Help, it smokes');
      expect(mail.status, what).to.equal('TICKET_OPENED');
    }
  });

  it('when a mail has HTML alone, then its text and its quotes are told apart', async () => {
    const body =
      '<p>It works <b>now</b>.</p><div class="gmail_quote">On Mon, 2 Mar 2026 at 10:00, Riparo &lt;desk@riparo.test&gt; wrote:<br><blockquote>Does it?</blockquote></div>';
    await room.deliver(buildMail({ subject: `Re: ${number}`, contentType: 'text/html; charset=utf-8', body }));
    expect(room.tickets.replies.at(-1)!.body).to.equal('It works now.');
  });

  it('when 17 MB of pictures come with a program, then the pictures go along and the program is named', async () => {
    const big = Buffer.concat([JPEG, Buffer.alloc(17 * 1024 * 1024)]);
    const parts = [
      text('See the photo'),
      { contentType: 'image/jpeg', content: big, fileName: 'photo.jpg' },
      { contentType: 'application/x-msdownload', content: Buffer.from('MZ program'), fileName: 'fix.exe' },
    ];
    const mail = await room.deliver(buildMultipart(parts, { subject: `Re: ${number}` }));
    expect(mail.status).to.equal('REPLIED');
    expect(mail.files.map(({ name, refusal }) => [name, refusal])).to.deep.equal([
      ['photo.jpg', undefined],
      ['fix.exe', 'ATTACHMENT_TYPE_NOT_SUPPORTED'],
    ]);
    const last = room.tickets.replies.at(-1)!;
    expect(last.attachmentIds).to.have.length(1);
    expect(last.body).to.match(/^See the photo\n\n\[.*fix\.exe\]$/);
  });

  it('when a mail is nothing but a picture, then its name stands for the text', async () => {
    await room.deliver(buildMultipart([{ contentType: 'image/jpeg', content: JPEG, fileName: 'jam.jpg' }], { subject: `Re: ${number}` }));
    expect(room.tickets.replies.at(-1)!.body).to.equal('jam.jpg');
  });
});
