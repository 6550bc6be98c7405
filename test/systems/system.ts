/** A running installation as its users and operators see it: an address, and processes that can be killed. */
export interface System {
  readonly mode: string;
  /** The gateway, `http://127.0.0.1:<port>`; the same after every restart. */
  readonly url: string;
  /** SIGKILL to every process at once. */
  kill(): Promise<void>;
  /** Starts again on the same data; resolves when it serves requests. */
  start(): Promise<void>;
  /** SIGTERM, and wait for the end; answers the exit code. */
  stop(): Promise<number | null>;
  /** The server with all databases, to look into; in one process only while the system is stopped. */
  openDatabase(): Promise<OpenDatabase>;
  /** A service's own address, past the gateway; in one process there is none. */
  serviceUrl?(service: string): string;
  /** What the processes have printed, for error messages. */
  output(): string;
}

export interface OpenDatabase {
  readonly url: string;
  close(): Promise<void>;
}

export interface SystemOptions {
  readonly dataDir: string;
  readonly smtpPort: number;
  readonly adminEmail: string;
  readonly adminPassword: string;
  /** The tree that is started, when it is not this one. */
  readonly root?: string;
  /** Further environment variables. */
  readonly env?: Readonly<Record<string, string>>;
}
