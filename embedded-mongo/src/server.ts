import { dispatch } from './command/dispatch.js';
import type { ServerInfo } from './command/command.js';
import { openEngine } from './engine/engine.js';
import type { ServerOptions } from './options.js';
import { resumeBuilds } from './engine/index-build.js';
import { dropTemporary } from './engine/reclaim.js';
import { startTtlMonitor } from './engine/ttl.js';
import { listen } from './wire/server.js';

export interface RunningServer {
  port: number;
  stop(): Promise<void>;
}

/** Engine and wire together, in the calling thread. */
export async function runServer(options: ServerOptions, onFault: (error: Error) => void): Promise<RunningServer> {
  const engine = openEngine(options);
  const info: ServerInfo = { engine, connections: () => 0, counters: new Map() };
  try {
    await dropTemporary(engine);
    const listening = await listen({ ...options, onFault }, { dispatch: (request) => dispatch(info, request), run: engine.run });
    info.connections = listening.connections;
    const stopTtl = startTtlMonitor(engine, options.ttlIntervalMs, onFault);
    const resuming = resumeBuilds(engine, onFault);
    return {
      port: listening.port,
      stop: async () => {
        await listening.close();
        await stopTtl();
        await resuming;
        await engine.close();
      },
    };
  } catch (error) {
    await engine.close();
    throw error;
  }
}
