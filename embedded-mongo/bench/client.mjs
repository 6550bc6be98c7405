// A process that drives the server for the bench: told what to do by its parent. Argument: the connection string.
import { MongoClient } from 'mongodb';
import { drive } from './work.mjs';

const client = await new MongoClient(process.argv[2], { maxPoolSize: 20, minPoolSize: 10 }).connect();
process.on('message', async (task) => {
  if (task === 'stop') {
    await client.close();
    process.disconnect();
  } else process.send(await drive(client.db('bench'), task));
});
process.send('ready');
