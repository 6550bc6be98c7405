/** A running installation as its users and operators see it: an address, and processes that can be killed. */
export interface System {
  readonly mode: string;
  /** The gateway, `http://127.0.0.1:<port>`; the same after every restart. */
  readonly url: string;
  /** SIGKILL to every process at once. */
  kill(): Promise<void>;
  /** Starts again on the same data; resolves when it serves requests. */
  start(): Promise<void>;
  /** SIGTERM, and wait for the end. */
  stop(): Promise<void>;
  /** What the processes have printed, for error messages. */
  output(): string;
}

export interface SystemOptions {
  readonly dataDir: string;
  readonly smtpPort: number;
  readonly adminEmail: string;
  readonly adminPassword: string;
  /** Further environment variables. */
  readonly env?: Readonly<Record<string, string>>;
}
