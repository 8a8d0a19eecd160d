import type { Migration } from '../store/migrate';

/** Tables of durable subscriptions, beside the read models for every event store. */
export const deliveryMigrations: readonly Migration[] = [
  {
    name: 'delivery-1-progress-claims-waiting',
    sql: `
      create schema if not exists delivery;

      -- How far a subscription has come. Its row is locked by whoever hands out or settles events of it.
      create table delivery.progress (
        subscription text collate "C" primary key,
        epoch text not null,
        -- Which naming of its start, counted from its creation, it goes by, and how many orders to replay were taken in.
        started integer not null,
        replayed integer not null default 0,
        -- Whatever passes up to here was handed out, and the last event that was: positions mean nothing in another store.
        dispatched bigint not null,
        last_stream text collate "C",
        last_revision integer,
        -- Which of its endpoints was shaken hands with, and how many requests a minute it allows.
        verified integer not null default 0,
        rate integer,
        -- Attempts in vain since the last one that succeeded, since when, and until when nothing is tried.
        failures integer not null default 0,
        failing_since timestamptz,
        rest_until timestamptz not null default '-infinity',
        last_error text,
        last_error_at timestamptz,
        last_success_at timestamptz
      );

      -- What is in somebody's hands: events of a stream are in those of one worker at a time. Arrays of one length, in the order of the log.
      create table delivery.claim (
        id uuid primary key,
        subscription text collate "C" not null,
        worker text not null,
        until timestamptz not null,
        positions bigint[] not null,
        streams text[] collate "C" not null,
        revisions integer[] not null,
        attempts integer[] not null,
        replays boolean[] not null
      );
      create index claim_of on delivery.claim (subscription);

      -- What was taken from the log and is not done: behind another event of its stream, to be tried again, parked, or to be replayed.
      create table delivery.waiting (
        subscription text collate "C" not null,
        position bigint not null,
        stream text collate "C" not null,
        revision integer not null,
        attempts integer not null default 0,
        again_at timestamptz not null default '-infinity',
        error text,
        parked_at timestamptz,
        replay boolean not null default false,
        primary key (subscription, position)
      );
      create index waiting_by_stream on delivery.waiting (subscription, stream, position);
      create index waiting_again on delivery.waiting (subscription, again_at) where parked_at is null;

      -- Where a range that is to be replayed has been taken in up to, by the number of its order.
      create table delivery.replay (
        subscription text collate "C" not null,
        number integer not null,
        at bigint not null,
        up_to bigint not null,
        primary key (subscription, number)
      );
    `,
  },
  {
    name: 'delivery-2-attempts',
    sql: `
      -- What was sent to an endpoint, and what came of it; kept for thirty days.
      create table delivery.attempt (
        subscription text collate "C" not null,
        number bigint generated always as identity,
        at timestamptz not null,
        what text not null check (what in ('event', 'ping', 'handshake')),
        stream text collate "C",
        revision integer,
        -- Which attempt at this event, from 1.
        attempt integer not null,
        status integer,
        -- Why there was no answer.
        failure text,
        detail text,
        excerpt text,
        ms integer not null,
        primary key (subscription, number)
      );
      create index attempt_of_event on delivery.attempt (subscription, stream, revision);
      create index attempt_at on delivery.attempt (at);
    `,
  },
  {
    name: 'delivery-3-chunks',
    sql: `
      -- How far the log was put down in chunks: made from it alone, and made anew where its positions are others.
      create table delivery.indexed (
        one boolean primary key default true check (one),
        epoch text not null,
        position bigint not null
      );
      insert into delivery.indexed (epoch, position) values ('', 0);

      -- A stretch of the log holds an event that a filter by this value of this dimension lets pass.
      create table delivery.chunk (
        name text collate "C" not null,
        value text collate "C" not null,
        after bigint not null,
        up_to bigint not null,
        primary key (name, value, up_to) include (after)
      );
    `,
  },
  {
    name: 'delivery-4-rests',
    sql: `
      alter table delivery.progress
        -- What failed counts since deliveries were taken up so many times: another endpoint has failed nothing yet.
        add column taken_up integer not null default 0,
        -- Until when the endpoint asked to be left alone, and when the next request may be made to one that allows so many a minute.
        add column asked_until timestamptz not null default '-infinity',
        add column next_at timestamptz not null default '-infinity';
    `,
  },
];
