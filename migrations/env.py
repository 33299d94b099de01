"""How Alembic reaches the application's database; the care taken is in tracker/care/upgrade.py."""

from alembic import context
from flask import current_app
from sqlalchemy import JSON, Connection
from sqlalchemy.types import TypeDecorator

from tracker.care import upgrade
from tracker.database import Base, db, writing


def known_to_models(_thing, _name, kind, reflected, compared_to):
    """Tables that no model names (search indexes, a plugin's own) are left alone: a drop is written by hand."""
    return not (kind in ("table", "index") and reflected and compared_to is None)


def plain_types(kind, thing, autogen):
    """A migration names the database's types, not ours, so that it still runs when ours have moved."""
    if kind == "type" and isinstance(thing, TypeDecorator):
        return f"sa.{thing.impl_instance!r}"
    if kind == "type" and isinstance(thing, JSON):  # Alembic writes the variant with a name it does not import
        autogen.imports.add("from sqlalchemy.dialects import postgresql")
        return "sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), 'postgresql')"
    return False


def remember_changes(may_change):
    """Collects what each applied migration declares in ROWS_MAY_CHANGE, and whether it asks for FILE_ANEW."""

    def applied(*, step, **_rest):
        for script in (step.up_revision, *step.down_revisions):
            may_change.update(getattr(script.module if script else None, "ROWS_MAY_CHANGE", ()))
            if getattr(script.module if script else None, "FILE_ANEW", False):
                may_change.add(upgrade.FILE_ANEW)

    return applied


def run(connection: Connection, may_change: set[str]) -> None:
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_as_batch=True,
        compare_type=True,
        include_object=known_to_models,
        render_item=plain_types,
        transactional_ddl=True,
        on_version_apply=remember_changes(may_change),
        process_revision_directives=no_empty_revision,
    )
    with context.begin_transaction():
        context.run_migrations()


def no_empty_revision(_context, _revision, directives):
    if directives[0].upgrade_ops.is_empty():
        directives[:] = []


if context.is_offline_mode():
    raise SystemExit("Upgrades run on the database itself: rows are counted before and after.")
if (given := context.config.attributes.get("connection")) is not None:
    run(given, context.config.attributes["may_change"])
else:  # flask db …
    with writing(), upgrade.alone(db.engine), upgrade.guarded(db.engine) as (own, changing):
        current_app.logger.info("database %s", db.engine.url.render_as_string(hide_password=True))
        run(own, changing)
