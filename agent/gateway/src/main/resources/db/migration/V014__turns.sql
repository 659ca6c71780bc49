-- How many of a host's heartbeats have been carried out, by whichever server and session: by its steps a server sees that
-- another one was at it in between, also where that one had the older heartbeat and was late with it.
alter table agent_session add column carried_out bigint not null default 0;
