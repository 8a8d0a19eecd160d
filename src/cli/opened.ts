import { openPuente, type Puente, type Settings } from '../puente';

/** A Puente for as long as some work takes. */
export const opened = async <Result>(settings: Settings, work: (puente: Puente) => Promise<Result>): Promise<Result> => {
  const puente = await openPuente(settings);
  try {
    return await work(puente);
  } finally {
    await puente.close();
  }
};
