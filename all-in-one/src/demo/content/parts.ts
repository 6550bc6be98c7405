/** Prices in cents, without VAT. */
export interface DemoPart {
  readonly sku: string;
  readonly name: string;
  readonly brand?: string;
  readonly salePrice: number;
  readonly cost: number;
  readonly minimumStock: number;
  readonly stock: number;
  readonly supplier: string;
}

type Row = readonly [sku: string, name: string, salePrice: number, cost: number, minimumStock: number, stock: number, supplier: string];

const ROWS: readonly Row[] = [
  ['LCD-IP12', 'Display OLED per iPhone 12', 11_900, 6_200, 3, 22, 'Ricambi Padana'],
  ['BAT-IP12', 'Batteria per iPhone 12', 4_900, 1_800, 4, 18, 'Ricambi Padana'],
  ['LCD-IP13', 'Display OLED per iPhone 13', 13_900, 7_400, 3, 14, 'Ricambi Padana'],
  ['LCD-S21', 'Display AMOLED per Galaxy S21', 16_900, 9_800, 2, 16, 'Ricambi Padana'],
  ['SSD-500', 'SSD NVMe 500 GB', 6_500, 3_900, 5, 30, 'TecnoLogistica'],
  ['SSD-1T', 'SSD NVMe 1 TB', 9_900, 6_100, 4, 20, 'TecnoLogistica'],
  ['RAM-16', 'Memoria DDR4 SODIMM 16 GB', 5_900, 3_400, 4, 24, 'TecnoLogistica'],
  ['BAT-T14', 'Batteria per ThinkPad T14', 8_900, 5_200, 2, 12, 'TecnoLogistica'],
  ['KEY-L74', 'Tastiera italiana per Latitude 7420', 7_900, 4_300, 2, 14, 'Screens & Parts Ltd'],
  ['FAN-PB450', 'Ventola per ProBook 450 G8', 3_900, 1_900, 2, 10, 'Screens & Parts Ltd'],
  ['PSU-450', 'Alimentatore ATX 450 W', 5_400, 2_900, 3, 11, 'TecnoLogistica'],
  ['DCJ-X515', 'Connettore di ricarica per VivoBook X515', 2_400, 900, 3, 19, 'Screens & Parts Ltd'],
  ['FUS-HL23', 'Fusore per Brother HL-L2350DW', 9_500, 5_800, 2, 14, 'Ufficio Servizi'],
  ['PAS-01', 'Pasta termica MX-4', 900, 350, 2, 15, 'TecnoLogistica'],
  ['LCD-IPAD9', 'Vetro touch per iPad 9', 7_400, 3_600, 3, 1, 'Ricambi Padana'],
  ['HDD-4T', 'Disco NAS 4 TB', 12_900, 8_900, 2, 0, 'TecnoLogistica'],
];

export const PARTS: readonly DemoPart[] = ROWS.map(([sku, name, salePrice, cost, minimumStock, stock, supplier]) => ({
  sku,
  name,
  salePrice,
  cost,
  minimumStock,
  stock,
  supplier,
}));
