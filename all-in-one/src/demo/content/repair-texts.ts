import type { AssetCategory } from '@riparo/shared/contracts/enums';

/** What is wrong with a device on the bench, and what is done about it. Prices in cents. */
export interface RepairText {
  readonly category: AssetCategory;
  readonly model?: string;
  readonly problem: string;
  readonly finding: string;
  readonly work: string;
  readonly minutes: number;
  readonly labour: number;
  readonly sku?: string;
}

export const REPAIRS: readonly RepairText[] = [
  {
    category: 'PHONE',
    model: 'iPhone 12',
    problem: 'Display rotto dopo una caduta, il touch non risponde in basso.',
    finding: 'Display incrinato, scocca sana.',
    work: 'Sostituito il display e provati touch, sensori e altoparlante.',
    minutes: 45,
    labour: 4_500,
    sku: 'LCD-IP12',
  },
  {
    category: 'PHONE',
    model: 'iPhone 12',
    problem: 'La batteria dura mezza giornata e il telefono si spegne al freddo.',
    finding: 'Capacità della batteria al 71 %.',
    work: 'Sostituita la batteria e calibrata.',
    minutes: 30,
    labour: 3_000,
    sku: 'BAT-IP12',
  },
  {
    category: 'PHONE',
    model: 'iPhone 13',
    problem: 'The screen is black, but it still rings.',
    finding: 'The display is dead, the board is fine.',
    work: 'Replaced the display and tested touch, camera and Face ID.',
    minutes: 45,
    labour: 4_500,
    sku: 'LCD-IP13',
  },
  {
    category: 'PHONE',
    model: 'Galaxy S21',
    problem: 'Riga verde verticale sul display dopo l’aggiornamento.',
    finding: 'Pannello AMOLED difettoso.',
    work: 'Sostituito il display con la cornice.',
    minutes: 60,
    labour: 5_500,
    sku: 'LCD-S21',
  },
  {
    category: 'LAPTOP',
    model: 'VivoBook 15 X515',
    problem: 'Non carica più: bisogna tenere il cavo piegato.',
    finding: 'Connettore di ricarica allentato.',
    work: 'Sostituito il connettore di ricarica e risaldate le piste.',
    minutes: 70,
    labour: 7_000,
    sku: 'DCJ-X515',
  },
  {
    category: 'LAPTOP',
    model: 'ThinkPad T14 Gen 3',
    problem: 'Battery swells and the trackpad no longer clicks.',
    finding: 'The battery is swollen.',
    work: 'Replaced the battery and checked the charging circuit.',
    minutes: 40,
    labour: 4_500,
    sku: 'BAT-T14',
  },
  {
    category: 'LAPTOP',
    model: 'Latitude 7420',
    problem: 'Caffè sulla tastiera, alcuni tasti scrivono due volte.',
    finding: 'Tastiera ossidata, scheda madre pulita.',
    work: 'Sostituita la tastiera e pulita la scheda.',
    minutes: 60,
    labour: 6_000,
    sku: 'KEY-L74',
  },
  {
    category: 'LAPTOP',
    model: 'ProBook 450 G8',
    problem: 'Si spegne da solo dopo dieci minuti, scotta.',
    finding: 'La ventola non gira.',
    work: 'Sostituita la ventola e rinnovata la pasta termica.',
    minutes: 50,
    labour: 5_000,
    sku: 'FAN-PB450',
  },
  {
    category: 'DESKTOP',
    model: 'ProDesk 400 G7',
    problem: 'Lentissimo all’avvio, rumore dal disco.',
    finding: 'Disco con settori danneggiati.',
    work: 'Sostituito il disco con un SSD e clonato il sistema.',
    minutes: 90,
    labour: 8_000,
    sku: 'SSD-500',
  },
  {
    category: 'DESKTOP',
    model: 'OptiPlex 7080',
    problem: 'Does not start; clicks when the button is pressed.',
    finding: 'The power supply has failed.',
    work: 'Replaced the power supply and tested under load.',
    minutes: 40,
    labour: 4_500,
    sku: 'PSU-450',
  },
  {
    category: 'PRINTER',
    model: 'HL-L2350DW',
    problem: 'Il toner si stacca dal foglio con un dito.',
    finding: 'Il fusore non scalda.',
    work: 'Sostituito il fusore e pulito il percorso carta.',
    minutes: 60,
    labour: 5_500,
    sku: 'FUS-HL23',
  },
  {
    category: 'TABLET',
    model: 'iPad 9th generation',
    problem: 'Vetro in frantumi, caduto dal banco di scuola.',
    finding: 'Vetro touch rotto, display sano.',
    work: 'Sostituito il vetro touch.',
    minutes: 75,
    labour: 6_000,
    sku: 'LCD-IPAD9',
  },
];
