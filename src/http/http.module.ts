import { type DynamicModule, Module, type Type } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, DiscoveryModule } from '@nestjs/core';
import { TerminusModule } from '@nestjs/terminus';
import { ThrottlerGuard } from '@nestjs/throttler';
import type { Delivery } from '../delivery/delivery';
import { EventStreams } from '../delivery/event-streams';
import { Feed } from '../delivery/feed';
import type { AnyLifecycle } from '../kernel/lifecycle';
import { Actors } from '../vault/actors';
import { Documents } from '../vault/documents';
import { People } from '../vault/people';
import { Texts } from '../vault/texts';
import type { Vault } from '../vault/vault';
import { AccountRoutes } from './accounts';
import { AuthGuard } from './auth';
import { CallRoutes } from './call-routes';
import { ClaimRegisterRoutes } from './claim-register';
import { DocumentRoutes } from './documents';
import { HealthRoutes } from './health';
import { DueRoutes } from './due';
import { EventRoutes, originKey } from './event-routes';
import { EvaluationRoutes } from './evaluation-routes';
import { ExportRoutes } from './export-routes';
import { FrameworkRoutes } from './framework-routes';
import { IndicatorRoutes } from './indicators';
import { type Limit, limited, usualLimit } from './limits';
import { logged, type LogLevel } from './logging';
import { Measuring, Metrics, MetricsRoutes } from './metrics';
import { OpenApiRoutes } from './openapi';
import { PersonRoutes } from './persons';
import { Readiness, Reading } from './ports';
import { PositionRoutes } from './positions';
import { ProcessRoutes } from './process';
import { ProblemFilter } from './problem-filter';
import { ReportRoutes } from './report';
import { deliveryKey } from './subscription-access';
import { SubscriptionCareRoutes } from './subscription-care';
import { SubscriptionClaimRoutes } from './subscription-claims';
import { RouteAudit } from './route-audit';
import { routesOf } from './routes';
import { SchemaRoutes } from './schema-routes';
import { TextRoutes } from './forgetting';
import { Tokens } from './tokens';
import { DryRunGuard } from './tried';

export interface Serving {
  readonly lifecycles: readonly AnyLifecycle[];
  readonly reading: Reading;
  readonly readiness: Readiness;
  readonly vault: Pick<Vault, 'texts' | 'people' | 'actors' | 'documents'>;
  readonly tokens: Tokens;
  readonly delivery: Delivery;
  /** Measures that nobody takes, where it is left out. */
  readonly measuring?: Measuring;
  readonly limit?: Limit;
  readonly log?: LogLevel;
}

/** What is not made from the tables of a lifecycle. */
export const otherRoutes: readonly Type[] = [
  AccountRoutes,
  PersonRoutes,
  TextRoutes,
  DocumentRoutes,
  CallRoutes,
  DueRoutes,
  ReportRoutes,
  ProcessRoutes,
  IndicatorRoutes,
  ClaimRegisterRoutes,
  FrameworkRoutes,
  EvaluationRoutes,
  ExportRoutes,
  EventRoutes,
  SubscriptionClaimRoutes,
  SubscriptionCareRoutes,
  PositionRoutes,
  SchemaRoutes,
  HealthRoutes,
  MetricsRoutes,
  OpenApiRoutes,
];

/** All that answers over HTTP. Needs the CommandBus of the engine's module beside it. */
@Module({})
export class HttpModule {
  static with({ lifecycles, reading, readiness, vault, tokens, delivery, measuring, limit, log }: Serving): DynamicModule {
    return {
      module: HttpModule,
      imports: [logged(log ?? 'info'), limited(limit ?? usualLimit), TerminusModule.forRoot({ logger: false }), DiscoveryModule],
      controllers: [...lifecycles.map(routesOf), ...otherRoutes],
      providers: [
        { provide: Reading, useValue: reading },
        { provide: Readiness, useValue: readiness },
        { provide: Texts, useValue: vault.texts },
        { provide: People, useValue: vault.people },
        { provide: Actors, useValue: vault.actors },
        { provide: Documents, useValue: vault.documents },
        { provide: Tokens, useValue: tokens },
        { provide: Feed, useValue: delivery.feed },
        { provide: EventStreams, useValue: delivery.streams },
        { provide: originKey, useValue: delivery.origin },
        { provide: deliveryKey, useValue: delivery },
        { provide: Measuring, useValue: measuring ?? new Measuring(new Metrics()) },
        RouteAudit,
        // Who calls is known before the calls of one actor are counted.
        { provide: APP_GUARD, useClass: AuthGuard },
        { provide: APP_GUARD, useClass: ThrottlerGuard },
        { provide: APP_GUARD, useClass: DryRunGuard },
        { provide: APP_FILTER, useClass: ProblemFilter },
      ],
    };
  }
}
