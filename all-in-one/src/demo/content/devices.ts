import type { AssetCategory } from '@riparo/shared/contracts/enums';

export interface DemoModel {
  readonly category: AssetCategory;
  readonly brand: string;
  readonly model: string;
  /** How its serial numbers look: `#` is a digit, `@` a letter or digit. */
  readonly serial: string;
  readonly os?: string;
  /** What people call such a device. */
  readonly nick: string;
}

export const MODELS: readonly DemoModel[] = [
  { category: 'LAPTOP', brand: 'Lenovo', model: 'ThinkPad T14 Gen 3', serial: 'PF-@@@@##', os: 'Windows 11 Pro', nick: 'ThinkPad' },
  { category: 'LAPTOP', brand: 'Dell', model: 'Latitude 7420', serial: '@@@@@##', os: 'Windows 11 Pro', nick: 'Latitude' },
  { category: 'LAPTOP', brand: 'Apple', model: 'MacBook Air M1', serial: 'C02@@@@@Q6L#', os: 'macOS 14', nick: 'MacBook' },
  { category: 'LAPTOP', brand: 'HP', model: 'ProBook 450 G8', serial: '5CD##@@@@#', os: 'Windows 11 Pro', nick: 'ProBook' },
  { category: 'LAPTOP', brand: 'Asus', model: 'VivoBook 15 X515', serial: 'M#N0CV##@@@@', os: 'Windows 11 Home', nick: 'VivoBook' },
  { category: 'DESKTOP', brand: 'HP', model: 'ProDesk 400 G7', serial: 'CZC###@@@@', os: 'Windows 11 Pro', nick: 'PC ufficio' },
  { category: 'DESKTOP', brand: 'Dell', model: 'OptiPlex 7080', serial: '@@@@@#3', os: 'Windows 11 Pro', nick: 'PC amministrazione' },
  { category: 'SERVER', brand: 'HPE', model: 'ProLiant ML30 Gen10', serial: 'CZJ####@@@', os: 'Windows Server 2022', nick: 'Server' },
  { category: 'NETWORK', brand: 'MikroTik', model: 'hEX S', serial: 'HF#0@@##@@', nick: 'Router' },
  { category: 'NETWORK', brand: 'Synology', model: 'DS920+', serial: '20#0SBR@@####', nick: 'NAS' },
  { category: 'PRINTER', brand: 'Brother', model: 'HL-L2350DW', serial: 'E7894#M#N#####', nick: 'Stampante' },
  { category: 'PRINTER', brand: 'Epson', model: 'EcoTank ET-2850', serial: 'X8#K######', nick: 'EcoTank' },
  { category: 'MONITOR', brand: 'Dell', model: 'P2422H', serial: 'CN-0@@@@#-###', nick: 'Monitor' },
  { category: 'PHONE', brand: 'Apple', model: 'iPhone 12', serial: 'F17D@@@@0F0#', os: 'iOS 17', nick: 'iPhone' },
  { category: 'PHONE', brand: 'Apple', model: 'iPhone 13', serial: 'KX@@@@@#Q9', os: 'iOS 17', nick: 'iPhone' },
  { category: 'PHONE', brand: 'Samsung', model: 'Galaxy S21', serial: 'R5CR##@@@@L', os: 'Android 14', nick: 'Galaxy' },
  { category: 'TABLET', brand: 'Apple', model: 'iPad 9th generation', serial: 'DMPF@@@@Q1#K', os: 'iPadOS 17', nick: 'iPad' },
  { category: 'TABLET', brand: 'Samsung', model: 'Galaxy Tab A8', serial: 'R9TW##@@@@Z', os: 'Android 13', nick: 'Tablet' },
];
